# Medians. Both leave the values in order in "series", so that its ends are the range.

function median(values, n,    i, j, t) {
  for (i = 1; i <= n; i++) series[i] = values[i]
  for (i = 2; i <= n; i++)
    for (j = i; j > 1 && series[j] < series[j - 1]; j--) {
      t = series[j]; series[j] = series[j - 1]; series[j - 1] = t
    }
  return n % 2 ? series[(n + 1) / 2] : (series[n / 2] + series[n / 2 + 1]) / 2
}

function median_of(figure, name, rounds,    values, round) { # of figure[name, 1] to figure[name, rounds]
  for (round = 1; round <= rounds; round++) values[round] = figure[name, round]
  return median(values, rounds)
}
