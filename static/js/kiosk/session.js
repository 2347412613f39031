/**
 * An enrolled device asks one person after another. Each begins on a clean page: nothing of an answer is in the
 * history, comes back by Back, by loading again or out of the browser's memory of pages.
 */
import { copy, show as showStep, start, trail, walk } from "../answering/walk.js";
import { unwatch, watch } from "./idle.js";
import { keep } from "./numbering.js";

const THANKS_MS = 8000;

/** The steps of this person, in this page alone. */
/** @type {any[]} */
const steps = [];

const memory = {
  state: () => steps[steps.length - 1] || null,
  set: (/** @type {any} */ state) => void steps.splice(-1, 1, state),
  push: (/** @type {any} */ state) => void steps.push(state),
  back() {
    if (steps.length < 2) return;
    steps.pop();
    showStep(memory.state().at);
  },
};

const gate = () => /** @type {HTMLElement} */ (document.getElementById("gate"));

/** Whether nobody is answering. */
export const isFree = () => gate()?.dataset.state === "ready";

/**
 * What stands there instead of the questions.
 * @param {string} name of a template @param {boolean} [still] nothing has moved for the reader
 */
export function showGate(name, still) {
  const place = gate();
  place.textContent = "";
  place.append(copy(name));
  place.dataset.state = name;
  place.hidden = false;
  walk.form.hidden = true;
  scrollTo(0, 0);
  if (!still) place.querySelector("h1")?.focus({ preventScroll: true });
}

/** Nothing of this person stays in the page. */
function wipe() {
  walk.form.reset();
  document.body.textContent = "";
}

/**
 * The page anew, in the place of this one, so that there is no way back.
 * @param {string} [language]
 */
export function clean(language) {
  unwatch();
  wipe();
  location.replace(location.pathname + (language === "en" ? "?lang=en" : ""));
}

/**
 * What the questions need to know of a device, and the first of them.
 * @param {Session} session
 * @param {{patience?: number, gone?: () => void}} [absence]
 */
export function begin(session, absence) {
  walk.session = session;
  Object.assign(trail, memory);
  takeWholeScreen();
  walk.form.reset();
  start(walk.form);
  showStep(walk.here);
  attend(absence);
}

/**
 * From now on an absent person is asked after, and then forgotten.
 * @param {{patience?: number, gone?: () => void}} [absence]
 */
export function attend(absence = {}) {
  const { patience, gone = () => clean() } = absence;
  const ask = () => {
    document.body.append(copy("idle"));
    /** @type {HTMLElement | null} */ (document.querySelector(".veil [data-session=stay]"))?.focus();
  };
  watch({ ask, gone }, patience);
}

/** What becomes of an answer here: a short thanks, or the truth, and then the next person. */
export const ownSession = {
  keep,
  kept() {
    finish("thanks");
    setTimeout(() => clean(), THANKS_MS);
  },
  failed: () => finish("broken"),
};

/**
 * Nothing of the answers is left; this stands in their place.
 * @param {string} name of a template
 */
export function finish(name) {
  unwatch();
  showGate(name);
  walk.form.reset();
  walk.form.remove();
  document.dispatchEvent(new Event("samvad:done"));
}

/** A tap is needed for the whole screen, and it is lost with each new page. */
function takeWholeScreen() {
  const { documentElement: whole } = document;
  if (!document.fullscreenElement && whole.requestFullscreen) whole.requestFullscreen().catch(() => {});
}

document.addEventListener("samvad:step", () => {
  walk.form.hidden = false;
  gate().hidden = true;
  gate().textContent = gate().dataset.state = "";
});
addEventListener("pagehide", wipe);
addEventListener("pageshow", (event) => event.persisted && clean());
