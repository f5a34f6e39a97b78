// Figures as people read them. What is absent is a dash, never a zero.

const ABSENT = "–";
const UNITS = ["", "k", "M", "G"];

export function percent(share) {
  return share == null ? ABSENT : `${(100 * share).toFixed(1)} %`;
}

export function rate(value) {
  if (value == null) {
    return ABSENT;
  }
  let unit = 0;
  while (value >= 10_000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 100 ? value.toFixed(0) : value.toFixed(value < 10 ? 2 : 1)}${UNITS[unit]}`;
}

/** A number of nanoseconds. */
export function duration(ns) {
  for (const [unit, size] of [["s", 1e9], ["ms", 1e6], ["µs", 1e3]]) {
    if (ns >= size) {
      return `${Number((ns / size).toPrecision(3))} ${unit}`;
    }
  }
  return `${ns} ns`;
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(undefined, { hour12: false });
}

/** The value of an input of type datetime-local, which knows no time zone. */
export function localInput(seconds) {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
