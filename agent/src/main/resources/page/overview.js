// All network elements of the host, one row each.

import { element, table } from "./dom.js";
import { percent } from "./format.js";
import { lineColour } from "./palette.js";

const PCPU_WORDS = { useful: "guests", overhead: "their overhead", contention: "other" };
const ROLL_UPS = ["useful", "overhead", "contention", "idle", "unknown"];

export function overview(snapshot) {
  const nes = snapshot.networkElements;
  if (nes.length === 0) {
    return [element("p", { class: "notice" }, "No VM is running on this host.")];
  }
  return [
    element("h2", {}, "Network elements"),
    table("Network elements", [
      { title: "name", words: true, cell: (ne) => element("a", { href: `#ne=${encodeURIComponent(ne.name)}` }, ne.name) },
      { title: "load", cell: (ne) => percent(ne.load) },
      { title: "where the time goes", words: true, cell: (ne) => bar(ne.shares) },
      { title: "cause", words: true, cell: (ne) => ne.cause ?? "–" },
      { title: "guest says", cell: (ne) => percent(ne.guest?.busy) },
      { title: "hidden", cell: (ne) => percent(ne.guest?.hidden) },
      { title: "turn away", cell: (ne) => (ne.overload ? `${ne.overload.reductionPercent} %` : "–") },
      { title: "vCPUs", cell: (ne) => String(ne.vms.reduce((sum, vm) => sum + vm.vcpus.length, 0)) },
      { title: "largest contributors", words: true, cell: (ne) => contributors(ne) },
    ], nes),
    legend(),
    ...alarms(snapshot.alarms ?? []),
    ...pcpus(snapshot.host?.pcpus ?? []),
    ...limits(snapshot.limits ?? []),
  ];
}

function contributors(ne) {
  return (ne.contributors ?? []).slice(0, 3).map((c) => `${c.name} ${percent(c.share)}`).join(", ") || "–";
}

/** The roll-ups as one bar; in words for whoever does not see it. */
function bar(shares, names = {}) {
  const words = ROLL_UPS.filter((name) => shares?.[name] != null).map((name) => `${names[name] ?? name} ${percent(shares[name])}`);
  const drawn = element("span", { class: "bar", role: "img", "aria-label": words.join(", "), title: words.join(", ") });
  for (const name of ROLL_UPS) {
    if (shares?.[name] > 0) {
      const part = element("span");
      part.style.width = `${100 * shares[name]}%`;
      part.style.background = lineColour(name);
      drawn.append(part);
    }
  }
  return drawn;
}

function legend() {
  const entries = ROLL_UPS.map((name) => {
    const sample = element("span", { "aria-hidden": "true" }, "■ ");
    sample.style.color = lineColour(name);
    return element("span", {}, sample, `${name}  `);
  });
  return element("p", { class: "quiet" }, ...entries);
}

function alarms(active) {
  if (active.length === 0) {
    return [element("p", { class: "quiet" }, "No alarm is active.")];
  }
  return [
    element("h2", {}, "Active alarms"),
    element("ul", { class: "alarms" }, ...active.map((alarm) => element("li", {},
      element("span", { class: alarm.severity === "critical" || alarm.severity === "major" ? "bad" : "warning" }, `${alarm.severity}: `),
      alarm.text))),
  ];
}

function pcpus(all) {
  return all.length === 0 ? [] : [
    element("h2", {}, "CPUs of the host"),
    table("CPUs of the host", [
      { title: "pCPU", cell: (pcpu) => String(pcpu.number) },
      { title: "in the last interval", words: true, cell: (pcpu) => bar({ useful: pcpu.guest, overhead: pcpu.overhead, contention: pcpu.other, idle: pcpu.idle }, PCPU_WORDS) },
      { title: "guests", cell: (pcpu) => percent(pcpu.guest) },
      { title: "their overhead", cell: (pcpu) => percent(pcpu.overhead) },
      { title: "other", cell: (pcpu) => percent(pcpu.other) },
      { title: "idle", cell: (pcpu) => percent(pcpu.idle) },
    ], all),
  ];
}

function limits(known) {
  return known.length === 0 ? [] : [
    element("h2", {}, "What this host does not let the daemon read"),
    element("ul", {}, ...known.map((limit) => element("li", {}, `${limit.what}: ${limit.consequence}; ${limit.mend}`))),
  ];
}
