# shellcheck shell=bash
# Figures of a run of callsim, out of the lines that it prints. Sourced by curve and lab-curve.

goodput() { # goodput FROM TO CAPACITY < RUN: percent of the capacity that was done between these seconds
  awk -v from="$1" -v to="$2" -v capacity="$3" '
    $1 == "tally" && $2 > from + 0.05 && $2 < to + 0.05 { done += $4 }
    END { printf "%.1f", 100 * done / capacity / (to - from) }'
}

spread() { # spread FROM TO < RUN: points between the largest and the least reduction between these seconds
  awk -v from="$1" -v to="$2" '
    $1 == "tally" && $2 > from + 0.05 && $2 < to + 0.05 && $11 != "-" {
      if (!n++ || $11 < least) least = $11
      if ($11 > most) most = $11
    }
    END { print n ? most - least : "-" }'
}

recovery() { # recovery END < RUN: s from the end of the overload until 90 % of each half second's calls are done
  awk -v end="$1" '
    $1 == "tally" && $2 > end + 0.05 {
      offered[++n] = offered[n - 1] + $3
      done[n] = done[n - 1] + $4
      if (n >= 5 && done[n] - done[n - 5] < 0.9 * (offered[n] - offered[n - 5])) { bad = n; last = $2 - end }
    }
    END { if (bad == n) print "never"; else printf "%.1f s\n", last }'
}

released() { # released END < RUN: s from the end of the overload until nothing is turned away
  awk -v end="$1" '
    $1 == "tally" && $11 > 0 { any = 1; if ($2 > end) last = $2 - end }
    END { if (any) printf "%.1f s\n", last; else print "nothing ever was" }'
}

percent_of() { # percent_of A B: A in percent of B
  awk -v a="$1" -v b="$2" 'BEGIN { printf "%.0f", 100 * a / b }'
}

constant_reduction() { # constant_reduction LOAD PART: percent to turn away of LOAD so that PART of the capacity is let in
  awk -v load="$1" -v part="$2" 'BEGIN { print part < load ? 100 - 100 * part / load : 0 }'
}
