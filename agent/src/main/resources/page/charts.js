// The kinds of charts, all over the same time axis. uPlot draws them; it is loaded before, as a classic script.

import { element } from "./dom.js";
import { clock, duration } from "./format.js";
import { heatColour, themeColour } from "./palette.js";

const HEIGHT = 230;
const SYNC = "time"; // moving over one chart shows the same instant in all
const MAX_DURATION_TICKS = 10;

const drawn = new Set();

const observer = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const chart = target.chart;
    if (chart && target.clientWidth > 0 && chart.width !== target.clientWidth) {
      chart.setSize({ width: target.clientWidth, height: HEIGHT });
    }
  }
});

/** Forgets all charts: before others are drawn in their place. */
export function clearCharts() {
  for (const chart of drawn) {
    observer.unobserve(chart.root.parentElement);
    chart.destroy();
  }
  drawn.clear();
}

function axis(extra) {
  return { stroke: themeColour("quiet"), grid: { stroke: themeColour("rule"), width: 0.5 }, ticks: { show: false }, ...extra };
}

/** Lines down the chart where alarms were raised: a shape of their own, not a colour alone. */
function alarmMarks(alarms) {
  return (chart) => {
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.strokeStyle = themeColour("critical");
    ctx.fillStyle = themeColour("critical");
    ctx.textAlign = "center";
    ctx.setLineDash([4, 3]);
    for (const alarm of alarms) {
      const x = chart.valToPos(alarm.at, "x", true);
      if (x >= bbox.left && x <= bbox.left + bbox.width) {
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.fillText("▲", x, bbox.top + bbox.height);
      }
    }
    ctx.restore();
  };
}

function draw(title, help, options, data, wide = false) {
  const place = element("div");
  const figure = element("section", { class: wide ? "chart wide" : "chart", "aria-label": title },
    element("h3", { title: help }, title), place);
  // The width is known once the figure is in the page.
  requestAnimationFrame(() => {
    const chart = new uPlot({
      width: place.clientWidth || 320,
      height: HEIGHT,
      cursor: { sync: { key: SYNC }, drag: { x: false, y: false } },
      ...options,
    }, data, place);
    place.chart = chart;
    performance.mark("chart"); // the first of them says how long the page took
    drawn.add(chart);
    observer.observe(place);
  });
  return figure;
}

function timeAxis() {
  return axis({ size: 30, values: (chart, ticks) => ticks.map(clock), space: 80 });
}

/** Shares that sum to the whole, one above the other. Series: { label, colour, values }. */
export function stacked(title, help, times, series, alarms) {
  const tops = [];
  let below = times.map(() => 0);
  for (const { values } of series) {
    below = below.map((sum, i) => (values[i] == null ? sum : sum + values[i]));
    tops.push(below.map((sum, i) => (values[i] == null ? null : 100 * sum)));
  }
  const order = series.map((_, i) => series.length - 1 - i); // uPlot paints the first series at the bottom
  return draw(title, help, {
    scales: { y: { range: [0, 100] } },
    axes: [timeAxis(), axis({ values: (chart, ticks) => ticks.map((tick) => `${tick} %`) })],
    series: [{ label: "time", value: (chart, at) => (at == null ? "–" : clock(at)) }].concat(order.map((i) => ({
      label: series[i].label,
      stroke: series[i].colour,
      fill: series[i].colour,
      width: 0,
      points: { show: false },
      value: (chart, top, number, at) => share(series[i].values[at]),
    }))),
    hooks: { draw: [alarmMarks(alarms)] },
  }, [times, ...order.map((i) => tops[i])], true);
}

function share(value) {
  return value == null ? "–" : `${(100 * value).toFixed(1)} %`;
}

/** One line each. Series: { label, colour, values }; `unit` formats a value; the axis reaches to `least`. */
export function lines(title, help, times, series, unit, least, alarms) {
  return draw(title, help, {
    scales: { y: { range: (chart, low, high) => [Math.min(0, low ?? 0), Math.max(least, high * 1.05)] } },
    axes: [timeAxis(), axis({ size: 64, values: (chart, ticks) => ticks.map(unit) })],
    series: [{ label: "time", value: (chart, at) => (at == null ? "–" : clock(at)) }].concat(series.map((line) => ({
      label: line.label,
      stroke: line.colour,
      width: 1.5,
      dash: line.dash,
      points: { show: false },
      value: (chart, value) => (value == null ? "–" : unit(value)),
    }))),
    hooks: { draw: [alarmMarks(alarms)] },
  }, [times, ...series.map((line) => line.values)]);
}

/**
 * How often something took how long: time to the right, duration upwards, both in buckets. Bucket b of `counts[i]` holds
 * durations from 2^b to 2^(b+1) ns; `counts[i]` is null where nothing is known. They are recorded every
 * `spanSeconds` only, so what stands at a time may have happened since then.
 */
export function heatMap(title, help, times, counts, spanSeconds, alarms) {
  const used = counts.flatMap((column) => (column ?? []).flatMap((count, b) => (count > 0 ? [b] : [])));
  if (used.length === 0) {
    return element("section", { class: "chart", "aria-label": title }, element("h3", { title: help }, title),
      element("p", { class: "quiet" }, "Nothing of this was measured in the time shown."));
  }
  const low = Math.min(...used);
  const high = Math.max(...used) + 1;
  const most = Math.max(...counts.flatMap((column) => column ?? []));
  return draw(title, help, {
    scales: { y: { range: [low, high] } },
    axes: [timeAxis(), axis({ size: 64, splits: () => wholeBuckets(low, high), values: (chart, ticks) => ticks.map((b) => duration(2 ** b)) })],
    series: [{ label: "time", value: (chart, at) => (at == null ? "–" : clock(at)) }, {
      label: "times",
      paths: () => null,
      points: { show: false },
      value: (chart, value, number, at) => (counts[at] ? total(counts[at]) : "–"),
    }],
    hooks: { drawClear: [(chart) => cells(chart, times, counts, spanSeconds, most)], draw: [alarmMarks(alarms)] },
  }, [times, times.map((_, i) => (counts[i] ? low : null))]);
}

function wholeBuckets(low, high) {
  const step = Math.max(1, Math.round((high - low) / MAX_DURATION_TICKS));
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
}

function total(column) {
  return column.reduce((sum, count) => sum + count, 0);
}

function cells(chart, times, counts, spanSeconds, most) {
  const { ctx } = chart;
  let last = times[0];
  ctx.save();
  counts.forEach((column, i) => {
    if (!column || total(column) === 0) {
      return;
    }
    const right = chart.valToPos(times[i], "x", true);
    const since = Math.max(last, Math.min(times[i] - spanSeconds, times[i - 1] ?? last));
    const left = chart.valToPos(since, "x", true);
    last = times[i];
    column.forEach((count, bucket) => {
      if (count > 0) {
        const top = chart.valToPos(bucket + 1, "y", true);
        const bottom = chart.valToPos(bucket, "y", true);
        ctx.fillStyle = heatColour(Math.log1p(count) / Math.log1p(most));
        ctx.fillRect(left, top, right - left + 1, bottom - top);
      }
    });
  });
  ctx.restore();
}
