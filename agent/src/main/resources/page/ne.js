// One network element over time.

import { element, table } from "./dom.js";
import { heatMap, lines, stacked } from "./charts.js";
import { percent, rate } from "./format.js";
import { lineColour, seriesColour } from "./palette.js";

const MAX_CLASSES = 8;
const LEAST_SHARE = 0.05;

/** The charts of a history; figures that were never measured have none. */
export function charts(past) {
  const { times, alarms } = past;
  const drawn = [
    stacked("Where the time went", "Lines of the ledger, in percent of the vCPUs' wall time", times, ledger(past.lines), alarms),
    past.exits.length > 0
      ? lines("Exits a second, by class", "The classes with the most exits", times, classes(past.exits), rate, 1, alarms)
      : null,
    past.guest
      ? lines("Guest beside host", "What the guests report as busy, and what of it the host knows as their own work", times, beside(past), shares, LEAST_SHARE, alarms)
      : null,
    lines("Load, and what call processing is asked to turn away", "Percent", times, load(past), shares, 1, alarms),
    past.exitDurations
      ? heatMap("How long exits took", "On CPU only: no halts, no user space, no waiting", times, past.exitDurations, past.histogramSeconds, alarms)
      : null,
    past.schedulingLatency
      ? heatMap("Scheduling latency", "From woken to running", times, past.schedulingLatency, past.histogramSeconds, alarms)
      : null,
    past.threads.length > 0
      ? lines("Threads that are not vCPUs", "In percent of the vCPUs' wall time", times, threads(past.threads), shares, LEAST_SHARE, alarms)
      : null,
  ];
  return element("div", { class: "charts" }, ...drawn);
}

function shares(value) {
  return percent(value);
}

/** In the catalogue's order, shades of a roll-up side by side. */
function ledger(all) {
  const order = [...new Set(all.map((line) => line.rollUp))];
  return order.flatMap((rollUp) => {
    const ofRollUp = all.filter((line) => line.rollUp === rollUp && line.share.some((value) => value > 0));
    return ofRollUp.map((line, i) => ({ label: line.label, colour: lineColour(rollUp, i, ofRollUp.length), values: line.share }));
  });
}

function classes(all) {
  const sum = (exits) => exits.perSecond.reduce((total, value) => total + (value ?? 0), 0);
  return all.filter((exits) => sum(exits) > 0).sort((a, b) => sum(b) - sum(a)).slice(0, MAX_CLASSES)
    .map((exits, i) => ({ label: exits.label, colour: seriesColour(i), values: exits.perSecond }));
}

function beside(past) {
  return [
    { label: "guest says busy", colour: seriesColour(0), values: past.guest.busy },
    { label: "host: useful", colour: seriesColour(1), values: past.guest.useful, dash: [6, 3] },
    { label: "hidden", colour: seriesColour(2), values: past.guest.hidden },
    { label: "guest says steal", colour: seriesColour(3), values: past.guest.steal, dash: [2, 3] },
  ];
}

function load(past) {
  return [
    { label: "effective load", colour: seriesColour(0), values: past.load },
    { label: "turn away", colour: seriesColour(2), values: past.reduction, dash: [6, 3] },
  ];
}

function threads(all) {
  return all.map((kind, i) => ({ label: kind.kind, colour: seriesColour(i), values: kind.share }));
}

/** The vCPUs as they are now. */
export function vcpus(ne) {
  const rows = ne.vms.flatMap((vm) => vm.vcpus.map((vcpu) => ({ vm, vcpu })));
  return table("vCPUs now", [
    { title: "VM", words: true, cell: ({ vm }) => vm.name },
    { title: "vCPU", cell: ({ vcpu }) => String(vcpu.number) },
    { title: "tier", words: true, cell: ({ vcpu }) => vcpu.tier },
    { title: "pCPU", cell: ({ vcpu }) => (vcpu.lastPcpu == null ? "–" : String(vcpu.lastPcpu)) },
    { title: "most of its time", words: true, cell: ({ vcpu }) => largest(vcpu) },
    { title: "exits a second", cell: ({ vcpu }) => rate(vcpu.exitsPerSecond) },
  ], rows);
}

function largest(vcpu) {
  return (vcpu.lines ?? []).filter((line) => line.share > 0).sort((a, b) => b.share - a.share).slice(0, 3)
    .map((line) => `${line.label} ${percent(line.share)}`).join(", ") || "–";
}
