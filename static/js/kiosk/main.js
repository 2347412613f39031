/** The entry of an enrolled device's page: who it is, whether it may ask, and what it keeps to work without network. */
import { buttonOf, say, slot, walk, whyNotKept } from "../answering/walk.js";
import { keepPage } from "../devices/page.js";
import { events, probe } from "../offline/delivery.js";
import { between, install } from "../offline/network.js";
import { attend, begin, clean, isFree, ownSession, showGate } from "./session.js";
import { loadDevice } from "./device.js";
import { stay } from "./idle.js";
import { isOver, keepSyncing, whatWaits } from "./sync.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#answers"));
const isInterview = form.dataset.deviceKind === "interview";
const INTERVIEW = isInterview ? ["interview", "notebook", "household", "hold"] : [];
/** All that this page and the next one need, beside what comes with the worker. */
const FILES = ["main", "session", "device", "numbering", "idle", "sync", "ended", "../answering/read-aloud", ...INTERVIEW];
const MODULES = {
  answerForm: () => import("../answering/answer-form.js"),
  language: () => import("../answering/language.js"),
  sending: () => import("../answering/sending.js"),
  readAloud: () => import("../answering/read-aloud.js"),
};
const english = document.documentElement.lang === "en";
let installed = false;
/**
 * What an interviewer's phone does besides.
 * @type {typeof import("./interview.js") | null}
 */
let interview = null;

/** @param {string} name */
const word = (name) => say(name, "kiosk-words");

async function open() {
  Object.assign(walk, { form, modules: MODULES });
  const device = await loadDevice().catch(() => null);
  if (device?.token.toLowerCase() !== (form.dataset.token || "").toLowerCase()) {
    showGate("foreign", true);
    return tell();
  }
  keepSyncing(hear);
  if (await isOver()) showGate("over", true);
  else if (whyNotKept(form) || (await probe()) || !(await isWhole())) showGate("broken", true);
  else if (isInterview) {
    interview = await import("./interview.js");
    await interview.open(hear);
  } else showGate("ready", true);
  await tell();
  // The next person shall find the first language.
  if (isFree() && english && !interview) attend();
  const files = FILES.map((name) => new URL(`./${name}.js`, import.meta.url).href);
  installed = await keepPage([form.dataset.rules || "", ...files]);
  await tell();
  // They are large, and answering goes without them.
  install((form.dataset.recordings || "").split(" ").filter(Boolean));
}

/** Whether all that an answer needs is here: nobody shall begin one that cannot be finished. */
async function isWhole() {
  try {
    await Promise.all([MODULES.sending(), MODULES.language()]);
    walk.answerForm = await (await MODULES.answerForm()).open(form.dataset.rules || "");
    return true;
  } catch {
    return false;
  }
}

/** What can be said of the outbox to everybody. */
async function tell() {
  const waits = await whatWaits();
  // The page may have been emptied meanwhile.
  const line = slot(document, "outbox");
  if (!line) return;
  // Of a device whose memory was emptied nobody knows what it held.
  const isUnknown = isAt("foreign") && waits === "none";
  line.textContent = isUnknown ? "" : [word(waits), installed && isFree() ? word("offline") : ""].join(" ").trim();
}

/** @param {import("./sync.js").Heard | null} heard */
async function hear(heard) {
  if (heard && interview) await interview.learn(heard);
  // Nothing changes under somebody who answers.
  const stopped = isAt("over");
  if (!isFree() && !stopped) return;
  await tell();
  if (!heard) return;
  if (heard.revoked !== stopped) return clean();
  form.dataset.stamp = heard.stamp || form.dataset.stamp;
  await between();
}

/** @param {string} gate */
const isAt = (gate) => document.getElementById("gate")?.dataset.state === gate;

/** Somebody emptied the browser's memory, and with it what made this device. What still waits goes all the same. */
async function lose() {
  if (isFree()) showGate("foreign");
  await tell();
}

/** @type {Record<string, () => unknown>} */
const ACTIONS = { start: () => begin(ownSession), clean: () => clean(), stay };

document.addEventListener("click", (event) => {
  const button = buttonOf(event);
  if (!button) return;
  const actions = { ...ACTIONS, ...interview?.ACTIONS };
  actions[button.dataset.session || ""]?.();
  if (button.dataset.go === "read-aloud") MODULES.readAloud().then(({ readAloud }) => readAloud());
  // While somebody answers, walk.js brings the other language and keeps what was typed.
  if (button.name !== "_lang" || !isFree()) return;
  event.stopImmediatePropagation();
  clean(button.value);
});
/** It can be heard, or there is no button for it. Some browsers find their voices late. */
function offerListening() {
  const listen = /** @type {HTMLElement | null} */ (document.querySelector("[data-go=read-aloud]"));
  const asked = document.getElementById(`q-${walk.here}`);
  const isSpoken = () => speechSynthesis.getVoices().some(({ lang }) => lang.startsWith(document.documentElement.lang));
  if (listen) listen.hidden = !asked || !(asked.dataset.audio || (self.speechSynthesis && isSpoken()));
}

document.addEventListener("samvad:step", offerListening);
self.speechSynthesis?.addEventListener?.("voiceschanged", offerListening);
events.addEventListener("change", tell);
events.addEventListener("wiped", lose);
form.addEventListener("submit", (event) => event.preventDefault());
if (navigator.serviceWorker?.controller) {
  navigator.serviceWorker.addEventListener("controllerchange", () => isFree() && clean());
}
open();
