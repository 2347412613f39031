/**
 * The entry of /c. A screen shows the code of this minute out of its pad, and fetches more codes every hour where
 * there is network. States: opening, set-up, works, empty (no code for this minute), over (ended by the office).
 */
import { keepPage } from "../devices/page.js";
import { openOutbox } from "../offline/outbox.js";
import { Clock } from "./clock.js";
import { fit } from "./fit.js";
import { codeAt, endOf, fetchPad, loadPad, savePad, stepOf } from "./pad.js";
import { matrixOf, pathOf } from "./qr.js";
import { offerSetUp } from "./set-up.js";

/** @typedef {import("./pad.js").Pad} Pad */

/** All that this page needs, beside what comes with the worker. */
const FILES = ["main", "clock", "fit", "pad", "qr", "set-up", "../devices/enrolment"];
const HOUR_MS = 3600000;
const SOON_MS = 4000;
const FIRST_WAIT_MS = 60000;
/** Fewer hours of codes than this: it has had no network for a day. */
const WARN_HOURS = 48;
const QUIET = 4;

const page = document.body;
/** @type {Pad | null} */
let pad = null;
let clock = new Clock();
let secret = "";
let over = false;
/** Whether the server was asked, or could not be, since the page was opened. */
let asked = false;
let installed = false;
let shown = NaN;
let wait = FIRST_WAIT_MS;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
const openedAt = performance.now();

/** @param {string} name @param {string} text */
function tell(name, text) {
  for (const slot of document.querySelectorAll(`[data-slot="${name}"]`)) if (slot.textContent !== text) slot.textContent = text;
}

/** @param {string} state */
function showState(state) {
  if (page.dataset.state === state) return;
  page.dataset.state = state;
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-in]"))) {
    // A drawing has no property for it.
    part.toggleAttribute("hidden", !(part.dataset.in || "").split(" ").includes(state));
  }
  fit();
}

/** @param {string} text */
function draw(text) {
  const rows = matrixOf(text);
  const side = rows.length + 2 * QUIET;
  const code = /** @type {Element} */ (document.getElementById("code-shown"));
  code.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${side} ${side}`);
  /** @type {Element} */ (code.lastElementChild).setAttribute("d", pathOf(rows));
}

function tick() {
  if (!secret) return;
  const moment = clock.now();
  if (clock.hasLeapt()) {
    if (pad) {
      pad = { ...pad, ahead: clock.ahead };
      savePad(pad).catch(() => {});
    }
    after(SOON_MS);
  }
  if (over) return showState("over");
  const step = stepOf(moment);
  const text = pad && codeAt(pad, step);
  const turns = step !== shown;
  if (turns) {
    if (text) draw(text);
    shown = step;
    const hours = pad ? Math.max(0, Math.ceil((endOf(pad) - step) / 60)) : 0;
    tell("hours", String(hours));
    page.toggleAttribute("data-warns", hours <= WARN_HOURS);
  }
  /** @type {HTMLProgressElement} */ (document.getElementById("left")).value = 60 - (Math.floor(moment / 1000) % 60);
  showState(text ? "works" : pad || asked ? "empty" : "opening");
  if (turns) fit();
}

function showPlace() {
  if (!pad) return;
  tell("place-hi", pad.place.hi);
  tell("place-en", pad.place.en === pad.place.hi ? "" : pad.place.en);
  tell("spot", pad.spot);
  tell("number", `${pad.number.slice(0, 4)} ${pad.number.slice(4)}`);
  tell("host", pad.link.replace(/^HTTPS?:\/\//, "").replace(/\/S\/$/, "").toLowerCase());
}

/** @param {number} about with jitter, so that the screens of a district do not come together */
function after(about) {
  clearTimeout(timer);
  timer = setTimeout(refresh, about * (0.75 + Math.random() / 2));
}

async function refresh() {
  after(wait);
  try {
    const found = await fetchPad(secret, pad);
    over = found === "over";
    pad = found === "over" ? null : found;
    await savePad(pad);
    if (pad) clock.learn(Date.now() + pad.ahead, Date.now());
    wait = HOUR_MS;
  } catch {
    // No network: more and more seldom, but an hour at most.
    wait = Math.min(HOUR_MS, wait === HOUR_MS ? FIRST_WAIT_MS : wait * 2);
    return after(wait);
  } finally {
    asked = true;
  }
  after(wait);
  shown = NaN;
  showPlace();
  tick();
  // Once a day it takes what is new of the page itself; all of it is here, so this needs no network.
  if (installed && performance.now() - openedAt > 24 * HOUR_MS) location.reload();
}

async function open() {
  const box = await openOutbox().catch(() => null);
  const known = box && (await box.own("screen"));
  if (!known) return setUp();
  secret = known.secret;
  pad = await loadPad();
  clock = new Clock(pad ? pad.ahead : 0);
  over = false;
  shown = NaN;
  showPlace();
  tick();
  wait = FIRST_WAIT_MS;
  refresh();
}

function setUp() {
  clearTimeout(timer);
  secret = "";
  showState("set-up");
  offerSetUp(open);
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-do=set-up]")) setUp();
});
document.addEventListener("visibilitychange", () => {
  if (secret && document.visibilityState === "visible") {
    tick();
    after(SOON_MS);
  }
});
addEventListener("resize", fit);
addEventListener("online", () => secret && after(SOON_MS));
setInterval(tick, 1000);
open();
keepPage(FILES.map((name) => new URL(`./${name}.js`, import.meta.url).href)).then((done) => {
  installed = done;
  page.toggleAttribute("data-kept", done);
});
