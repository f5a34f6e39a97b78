// Colours by what a line means, so that a line that is added to the catalogue has one: those of one roll-up are
// shades of one hue.

const HUES = { useful: 210, overhead: 24, idle: 210, contention: 320, unknown: 0 };
const SATURATION = { useful: 70, overhead: 85, idle: 8, contention: 60, unknown: 0 };
const dark = matchMedia("(prefers-color-scheme: dark)");

/** The colour of line number `index` of the `count` lines of a roll-up. */
export function lineColour(rollUp, index = 0, count = 1) {
  const [from, to] = dark.matches ? [62, 34] : [40, 72];
  const lightness = count > 1 ? from + ((to - from) * index) / (count - 1) : from + (to - from) / 4;
  const idle = rollUp === "idle" ? (dark.matches ? -12 : 16) : 0;
  return `hsl(${HUES[rollUp] ?? 120} ${SATURATION[rollUp] ?? 50}% ${lightness + idle}%)`;
}

/** Colours that are told apart side by side, for things without a roll-up. */
export function seriesColour(index) {
  return `hsl(${(205 + index * 137.5) % 360} 65% ${dark.matches ? 66 : 42}%)`;
}

/** The colour of a cell of a heat map, share from 0 to 1. */
export function heatColour(share) {
  const lightness = dark.matches ? 25 + 60 * share : 88 - 63 * share;
  const hue = dark.matches ? 270 - 220 * share : 50 + 220 * share; // yellow is light, violet is dark
  return `hsl(${hue} 70% ${lightness}%)`;
}

export function themeColour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function onThemeChange(action) {
  dark.addEventListener("change", action);
}
