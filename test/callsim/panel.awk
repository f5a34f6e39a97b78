# Draws one panel of a plot as a group of SVG: lines of points, given as lines "SERIES<tab>X<tab>Y" in the order of X.
# With -v: title, x_title, y_title; left, top, width, height of the area of the lines; x_ticks, y_ticks, numbers with
# blanks between, of which the first and the last are the ends of the axes; logarithmic=1 if the x axis is.

BEGIN {
  FS = "\t"
  x_count = split(x_ticks, x_tick, " ")
  y_count = split(y_ticks, y_tick, " ")
}

{
  if (!($1 in points)) order[++series_count] = $1
  points[$1] = points[$1] sprintf(" %.1f,%.1f", x_of($2), y_of($3))
}

function scaled(value) { return logarithmic ? log(value) : value }

function x_of(value) {
  return left + width * (scaled(value) - scaled(x_tick[1])) / (scaled(x_tick[x_count]) - scaled(x_tick[1]))
}

function y_of(value) { return top + height * (1 - (value - y_tick[1]) / (y_tick[y_count] - y_tick[1])) }

function line(x1, y1, x2, y2) {
  printf "  <line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", x1, y1, x2, y2
}

function text(x, y, anchor, said) {
  printf "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, said
}

END {
  print "<g>"
  text(left, top - 30, "start", title)
  text(left, top - 12, "start", y_title)
  text(left + width, top + height + 36, "end", x_title)
  for (i = 1; i <= x_count; i++) {
    line(x_of(x_tick[i]), top, x_of(x_tick[i]), top + height)
    text(x_of(x_tick[i]), top + height + 18, "middle", x_tick[i])
  }
  for (i = 1; i <= y_count; i++) {
    line(left, y_of(y_tick[i]), left + width, y_of(y_tick[i]))
    text(left - 6, y_of(y_tick[i]) + 4, "end", y_tick[i])
  }
  for (i = 1; i <= series_count; i++)
    printf "  <polyline class=\"%s\" points=\"%s\"/>\n", order[i], substr(points[order[i]], 2)
  print "</g>"
}
