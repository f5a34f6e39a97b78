// What is shown: all network elements, or one (#ne=NAME) over a span of time, live or back in time.

import * as api from "./api.js";
import { clearCharts } from "./charts.js";
import { element } from "./dom.js";
import { clock, localInput } from "./format.js";
import { charts, vcpus } from "./ne.js";
import { overview } from "./overview.js";
import { onThemeChange } from "./palette.js";

const LIVE_MS = 2000;
const POINTS = 300;

const main = document.getElementById("main");
const time = document.getElementById("time");
const state = document.getElementById("state");
const span = document.getElementById("span");
const until = document.getElementById("until");
const live = document.getElementById("live");

let end = null; // seconds since 1970; null while live
let asking = 0;
let timer;

function shownNe() {
  return new URLSearchParams(location.hash.slice(1)).get("ne");
}

function now() {
  return Date.now() / 1000;
}

async function refresh() {
  clearTimeout(timer);
  const question = ++asking;
  if (main.querySelector(".chart:hover")) {
    tell("live again when no chart is pointed at", false);
    again();
    return;
  }
  try {
    const shown = await content();
    if (question === asking) {
      show(shown);
      tell(end == null ? "live" : `at ${clock(end)}`, false);
    }
  } catch (error) {
    if (question === asking) {
      tell(error.message, true);
    }
  }
  if (question === asking) {
    again();
  }
}

/** How long one point of the charts is: before it is over there is nothing new to draw. */
function pointMs() {
  return (1000 * Number(span.value)) / POINTS;
}

function again() {
  if (end == null && !document.hidden) {
    timer = setTimeout(refresh, shownNe() == null ? LIVE_MS : Math.max(LIVE_MS, pointMs()));
  }
}

async function content() {
  const name = shownNe();
  const snapshot = await (name == null ? api.snapshot() : api.snapshotOf(name));
  if (snapshot != null) {
    document.getElementById("host").textContent = hostLine(snapshot);
  }
  time.hidden = name == null;
  document.title = name == null ? "vcpuacct" : `${name} – vcpuacct`;
  if (name == null) {
    return overview(snapshot);
  }
  const to = end ?? now();
  const past = await api.history(name, to - Number(span.value), to, POINTS);
  const ne = snapshot?.networkElements[0];
  return [
    element("h2", {}, name),
    ne?.cause ? element("p", { class: "quiet" }, `Most of its load is for: ${ne.cause}.`) : null,
    charts(past),
    element("h2", {}, "Why"),
    explanation(name, to),
    ...(ne ? [element("h2", {}, "vCPUs now"), vcpus(ne)] : []),
  ].filter((part) => part != null);
}

function hostLine(snapshot) {
  const host = snapshot.host ?? {};
  return [host.name, `tier ${snapshot.agent.tier}`, ...hardware(host.hardware)].filter((part) => part != null).join(" · ");
}

function hardware(known) {
  if (known == null) {
    return [];
  }
  const gib = (bytes) => (bytes / 2 ** 30).toFixed(0);
  return [
    known.model,
    `${known.sockets} sockets, ${known.cores} cores, ${known.pcpus} CPUs, ${known.numaNodes} NUMA nodes`,
    known.frequencyHz == null ? null : `${(known.frequencyHz / 1e9).toFixed(2)} GHz`,
    known.load1 == null ? null : `load ${known.load1.toFixed(2)}`,
    `${gib(known.availableBytes)} of ${gib(known.memoryBytes)} GiB free`,
  ];
}

let explained = { key: null, text: null };

/** Asked for by a button: it reads files of the host. Stays while the charts go on. */
function explanation(name, to) {
  const place = element("div");
  const key = `${name} ${end}`;
  const button = element("button", { type: "button" }, end == null ? "Explain the last minute" : "Explain the minute until then");
  button.addEventListener("click", async () => {
    try {
      explained = { key, text: await api.why(name, to) };
      place.replaceChildren(element("pre", { tabindex: "0" }, explained.text));
    } catch (error) {
      place.replaceChildren(element("p", { class: "notice" }, error.message));
    }
  });
  if (explained.key === key && explained.text) {
    place.append(element("pre", { tabindex: "0" }, explained.text));
  }
  return element("div", {}, element("p", {}, button), place);
}

function show(parts) {
  const focused = document.activeElement?.id ? document.activeElement : null;
  clearCharts();
  main.replaceChildren(...parts);
  focused?.focus();
}

function tell(text, bad) {
  state.textContent = text;
  state.classList.toggle("bad", bad);
}

function goTo(seconds) {
  end = seconds == null || seconds >= now() ? null : seconds;
  live.setAttribute("aria-pressed", String(end == null));
  until.value = end == null ? "" : localInput(end);
  refresh();
}

function step(direction) {
  goTo((end ?? now()) + (direction * Number(span.value)) / 2);
}

const KEYS = { ArrowLeft: () => step(-1), ArrowRight: () => step(1), l: () => goTo(null) };

document.getElementById("earlier").addEventListener("click", KEYS.ArrowLeft);
document.getElementById("later").addEventListener("click", KEYS.ArrowRight);
live.addEventListener("click", KEYS.l);
span.addEventListener("change", refresh);
until.addEventListener("change", () => goTo(until.value ? new Date(until.value).getTime() / 1000 : null));
addEventListener("hashchange", () => goTo(null));
document.addEventListener("visibilitychange", () => document.hidden || refresh());
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  const action = KEYS[event.key];
  if (action && !typing && !event.ctrlKey && !event.altKey && !event.metaKey && shownNe() != null) {
    event.preventDefault();
    action();
  }
});
onThemeChange(refresh);
refresh();
