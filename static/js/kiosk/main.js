/** The entry of an enrolled device's page: who it is, whether it may ask, and what it keeps to work without network. */
import { barred, between, install } from "../public/install.js";
import { slot, walk } from "../public/steps.js";
import { events, probe } from "../offline/delivery.js";
import { attend, begin, clean, isFree, ownDesk, stand } from "./session.js";
import { loadDevice } from "./device.js";
import { stay } from "./idle.js";
import { isOver, keepSyncing, whatWaits } from "./sync.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#answers"));
const isInterview = form.dataset.deviceKind === "interview";
const INTERVIEW = isInterview ? ["interview", "notebook", "household", "hold"] : [];
const MODULES = ["main", "desk", "device", "numbering", "idle", "sync", "ended", ...INTERVIEW];
const english = document.documentElement.lang === "en";
let installed = false;
/**
 * What an interviewer's phone does besides.
 * @type {typeof import("./interview.js") | null}
 */
let interview = null;

/** @param {string} name */
const word = (name) => {
  const words = /** @type {HTMLTemplateElement} */ (document.getElementById("desk-words")).content;
  return words.querySelector(`[data-word=${name}]`)?.textContent || "";
};

/** All that this page and the next one need, in both languages. */
function files() {
  const links = [...document.querySelectorAll("link[href]")].map((link) => /** @type {HTMLLinkElement} */ (link).href);
  const modules = MODULES.map((name) => new URL(`./${name}.js`, import.meta.url).href);
  const other = `${location.pathname}?lang=${english ? "hi" : "en"}`;
  return [location.pathname + location.search, other, form.dataset.rules || "", ...links, ...modules];
}

async function open() {
  walk.form = form;
  const device = await loadDevice().catch(() => null);
  if (device?.token.toLowerCase() !== (form.dataset.token || "").toLowerCase()) {
    stand("foreign", true);
    return tell();
  }
  keepSyncing(hear);
  if (await isOver()) stand("over", true);
  else if (barred(form) || (await probe()) || !(await isWhole())) stand("broken", true);
  else if (isInterview) {
    interview = await import("./interview.js");
    await interview.open(hear);
  } else stand("ready", true);
  await tell();
  // The next person shall find the first language.
  if (isFree() && english && !interview) attend();
  installed = await install(files());
  await tell();
  // They are large, and answering goes without them.
  install((form.dataset.recordings || "").split(" ").filter(Boolean));
}

/** Whether all that an answer needs is here: nobody shall begin one that cannot be finished. */
async function isWhole() {
  try {
    await Promise.all([import("../public/sending.js"), import("../public/language.js")]);
    const sheet = await import("../public/answer-form.js");
    walk.sheet = await sheet.open(form.dataset.rules || "");
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
  if (isFree()) stand("foreign");
  await tell();
}

/** The screen stays on while the page is seen; the browser gives that up whenever it is not. */
async function stayAwake() {
  const lock = /** @type {any} */ (navigator).wakeLock;
  if (lock && document.visibilityState === "visible") await lock.request("screen").catch(() => {});
}

/** @type {Record<string, () => unknown>} */
const WAYS = { start: () => begin(ownDesk), clean: () => clean(), stay };

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button");
  if (!button) return;
  const ways = interview ? { ...WAYS, ...interview.WAYS } : WAYS;
  ways[button.dataset.desk || ""]?.();
  // While somebody answers, steps.js brings the other language and keeps what was typed.
  if (button.name !== "_lang" || !isFree()) return;
  event.stopImmediatePropagation();
  clean(button.value);
});
events.addEventListener("change", tell);
events.addEventListener("wiped", lose);
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("visibilitychange", stayAwake);
if (navigator.serviceWorker?.controller) {
  navigator.serviceWorker.addEventListener("controllerchange", () => isFree() && clean());
}
stayAwake();
open();
