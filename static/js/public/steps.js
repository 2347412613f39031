/**
 * One question at a time, in the form that the server made. Each step is an entry in the history, so that Back
 * means one question back. What the other buttons need comes once the first question can be answered, with the
 * worker where there is one; what cannot be loaded then is done by the server, which takes the form as it stands.
 *
 * @typedef {{answers: Record<string, unknown>, errors: Map<string, string>, asked: Set<string>}} Reading
 * @typedef {{read(form: HTMLFormElement): Reading, settle(form: HTMLFormElement, name: string): boolean,
 *   review(form: HTMLFormElement, names: string[]): void}} Sheet
 * @typedef {{keep: typeof import("../offline/delivery.js").keep, kept(id: string): void, failed(reason: any): void}} Desk
 *   who takes over on an enrolled device
 * @typedef {{form: HTMLFormElement, here: string, state: "open" | "closing" | "over", sheet: Sheet | null,
 *   asked: Set<string> | null, desk: Desk | null, page?: (language: string) => Promise<string>}} Walk
 */
import { barred, install } from "./install.js";

const REVIEW = "_review";
/** Nobody waits longer for a file or an answer before being told. */
const PATIENCE_MS = 12000;
const MODULES = {
  sheet: () => import("./answer-form.js"),
  language: () => import("./language.js"),
  sending: () => import("./sending.js"),
  later: () => import("./draft.js"),
  talk: () => import("./read-aloud.js"),
};

/** Where the reader is; "over" once nothing can be changed any more. */
export const walk = /** @type {Walk} */ ({ here: "", state: "open", sheet: null, asked: null, desk: null });

/** The steps behind the reader: entries in the history, or, on an enrolled device, nothing that outlives the page. */
export const trail = {
  state: () => history.state,
  set: (/** @type {any} */ state) => history.replaceState(state, ""),
  push: (/** @type {any} */ state) => history.pushState(state, ""),
  back: () => history.back(),
};

/** @param {string} id */
const template = (id) => /** @type {HTMLTemplateElement} */ (document.getElementById(id)).content;
/** @param {string} id @returns {DocumentFragment} */
export const copy = (id) => document.importNode(template(id), true);
/** @param {string} word @returns {string} a sentence in the language of the page */
export const say = (word) => template("words").querySelector(`[data-word="${word}"]`)?.textContent || "";
/** @param {ParentNode} part @param {string} name @returns {HTMLElement} */
export const slot = (part, name) => /** @type {HTMLElement} */ (part.querySelector(`[data-slot=${name}]`));
/** @param {string} name of a card @param {Element} place before which it stands @returns {HTMLElement} */
export function insert(name, place) {
  place.before(copy(name));
  return /** @type {HTMLElement} */ (place.previousElementSibling);
}

/** @param {ParentNode & EventTarget} part @param {Record<string, () => unknown>} actions */
export function listen(part, actions) {
  part.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    const action = button && actions[button.dataset.go || ""];
    if (action) action();
  });
}

/** @param {string} sentence  told above the question, and read aloud */
const tell = (sentence) => void (slot(walk.form, "step").textContent = sentence);
/** @returns {number} how many steps lie behind this one in the history */
export const depth = () => (trail.state() && trail.state().depth) || 0;

/** @returns {string[]} the questions that are asked, in their order */
export function stops() {
  const names = [...walk.form.querySelectorAll("fieldset.question")].map((item) => item.id.slice(2));
  return names.filter((name) => !walk.asked || walk.asked.has(name));
}

/** @param {HTMLFormElement} form @param {string} [at] where the reader was in the same form in the other language */
export function start(form, at) {
  walk.form = form;
  // A poll and a quiz are sent whole.
  if (!at && form.dataset.kind !== "survey") addLater();
  const first = stops()[0];
  if (!first) return;
  form.classList.add("one");
  // Each step scrolls to its own beginning; the browser would come after it.
  history.scrollRestoration = "manual";
  form.querySelector(".part")?.before(copy("walk"));
  form.append(copy("review"), copy("ways"));
  // A page that was reloaded in the middle has lost its answers: its steps behind lead nowhere.
  if (!at && depth()) history.go(-depth());
  else if (!at) trail.set({ at: first, depth: 0 });
  show(at || first, true);
  const why = barred(form);
  if (why) warn(why);
  if (at || walk.desk) prepare();
  else if (document.readyState === "complete") bring();
  else addEventListener("load", bring, { once: true });
}

/**
 * Says before the questions, or above the one that is open, that the answer cannot be kept.
 * @param {string} why
 */
export function warn(why) {
  const { form } = walk;
  if (walk.desk || form.querySelector(".unkept")) return;
  const notice = /** @type {HTMLElement} */ (copy("unkept").firstElementChild);
  slot(notice, "why").textContent = say(why) || slot(notice, "why").textContent;
  notice.classList.toggle("late", form.matches(".on"));
  form.querySelector(".place")?.after(notice);
}

/** Once the first question is painted: a worker that starts takes a cheap phone's time. */
const bring = () => requestAnimationFrame(() => setTimeout(() => install(addresses()).then(prepare)));

/** This page, its other language, and what it needs. */
function addresses() {
  const { language, rules = "" } = walk.form.dataset;
  const other = `${location.pathname}?lang=${language === "en" ? "hi" : "en"}`;
  const ofSlips = walk.page ? [new URL("./one-time.js", import.meta.url).href] : [];
  return [location.pathname + location.search, other, rules, ...ofSlips];
}

/** @type {Promise<unknown> | null} */
let opened = null;

/** What the buttons need. */
export async function prepare() {
  const { form } = walk;
  const whole = openSheet();
  if (!barred(form)) MODULES.sending().then((module) => module.prepare(form)).catch(() => {});
  await whole;
  for (const load of walk.desk ? [MODULES.sending, MODULES.talk] : [MODULES.sending, MODULES.later, MODULES.talk]) {
    load().then((module) => module.prepare(form)).catch(() => {});
  }
}

/** What checks the answers and tells them back; needed at the end of the questions at the latest. */
export async function openSheet() {
  const { rules = "" } = walk.form.dataset;
  opened = opened || soon(MODULES.sheet().then(async (module) => (walk.sheet = await module.open(rules))));
  await opened.catch(() => (opened = null));
  refresh();
  if (walk.form.isConnected) show(walk.here, true);
}

/** Takes the later pages out of their template. */
export function addLater() {
  const parts = walk.form.querySelectorAll(".part");
  parts[parts.length - 1].after(copy("more"));
  template("more").textContent = "";
}

/** What is asked may have changed with what was answered. */
export function refresh() {
  if (walk.sheet) walk.asked = walk.sheet.read(walk.form).asked;
}

/** @param {string} name @param {boolean} [still] the reader has not moved */
export function show(name, still) {
  const { form, sheet } = walk;
  const all = stops();
  const review = !all.includes(name);
  const at = review ? all.length : all.indexOf(name);
  walk.here = review ? REVIEW : name;
  form.classList.toggle("on", at > 0);
  form.classList.toggle("end", review && !sheet);
  for (const part of form.querySelectorAll(".part")) {
    const items = /** @type {HTMLElement[]} */ ([...part.querySelectorAll(".question")]);
    for (const item of items) item.hidden = belongs(item) !== `q-${walk.here}`;
    /** @type {HTMLElement} */ (part).hidden = items.every((item) => item.hidden);
  }
  tell(review ? "" : say("step").replace("{at}", `${at + 1}`).replace("{all}", `${all.length}`));
  /** @type {HTMLProgressElement} */ (form.querySelector("progress")).value = (at + 1) / (all.length + 1);
  hide(".review", !review || !sheet);
  hide("[data-more]", !template("more").firstElementChild);
  hide("[data-go=next]", review);
  hide("[data-go=back]", !depth());
  hide("[data-go=later]", !at);
  if (review && sheet) sheet.review(form, all);
  document.dispatchEvent(new Event("samvad:step"));
  if (!still) meet(form.querySelector(review ? ".review h2" : `#q-${name} > legend`));
}

/** @param {HTMLElement | null} title  what the reader shall see and hear next */
function meet(title) {
  title?.setAttribute("tabindex", "-1");
  title?.focus({ preventScroll: true });
  walk.form.querySelector(".progress")?.scrollIntoView();
}

/**
 * A note is read with the question after it, or before it if it is the last.
 * @param {Element} note
 */
function belongs(note) {
  let item = /** @type {Element | null} */ (note);
  while (item?.matches(".note")) item = item.nextElementSibling;
  if (!item) for (item = note; item?.matches(".note"); ) item = item.previousElementSibling;
  return item?.id;
}

/** @param {string} selector @param {boolean} hidden */
function hide(selector, hidden) {
  const part = /** @type {HTMLElement | null} */ (walk.form.querySelector(selector));
  if (part) part.hidden = hidden;
}

/** @param {string} name @param {boolean} [change] from here it goes back to where the reader came from */
export function visit(name, change) {
  trail.push({ at: name, depth: depth() + 1, change });
  show(name);
}

function next() {
  const { form, sheet, here } = walk;
  if (here === REVIEW || (sheet && !sheet.settle(form, here))) return;
  refresh();
  const all = stops();
  const following = all[all.indexOf(here) + 1] || REVIEW;
  if (trail.state() && trail.state().change) trail.back();
  else visit(following);
  if (following === REVIEW && !sheet) openSheet();
}

function more() {
  const known = stops();
  addLater();
  refresh();
  const added = stops().find((name) => !known.includes(name));
  if (added) return visit(added);
  show(walk.here, true);
  tell(say("nothing"));
}

/** Back to the first entry, and nothing ahead of it: the history shall not tell how an answer was given. */
export async function rewind() {
  const back = walk.desk ? 0 : depth();
  walk.state = "closing";
  if (back) {
    await new Promise((resolve) => {
      addEventListener("popstate", resolve, { once: true });
      setTimeout(resolve, 500);
      history.go(-back);
    });
    history.pushState(null, "");
  }
  walk.state = "over";
}

/** @template T @param {Promise<T>} work @returns {Promise<T>} rejects if it takes too long */
export const soon = (work) => Promise.race([work, new Promise((_, reject) => setTimeout(reject, PATIENCE_MS))]);

/**
 * The form as it stands, to the server, which answers with a page. Without a server it stays as it is: the browser's
 * own page of an error would take its place.
 * @param {string} name @param {string} value
 */
export async function post(name, value) {
  try {
    await soon(fetch(location.pathname, { method: "HEAD", cache: "no-store" }));
  } catch {
    tell(say(name === "_lang" ? "language" : "network"));
    return meet(null);
  }
  walk.form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  await rewind();
  HTMLFormElement.prototype.submit.call(walk.form);
}

/** @param {HTMLButtonElement} button */
function switchLanguage({ value }) {
  MODULES.language().then((module) => module.swap(value)).catch(() => post("_lang", value));
}

/** @type {Record<string, (button: HTMLButtonElement) => unknown>} */
const WAYS = {
  next,
  back: () => trail.back(),
  more: () => (walk.sheet ? more() : post("_do", "more")),
  // What cannot be loaded is done by the server.
  send: () => soon(MODULES.sending()).then(({ send }) => send(), () => post("_do", "send")),
  change: ({ value }) => visit(value, true),
  later: () => MODULES.later().then((module) => module.offer()),
  listen: () => MODULES.talk().then((module) => module.talk()),
};

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button");
  if (!button || !walk.form?.isConnected || walk.form.hidden) return;
  // "stay" is the button that the Enter key presses.
  const name = button.dataset.go || (button.value === "stay" ? "next" : button.name === "_do" ? button.value : "");
  const way = button.name === "_lang" ? switchLanguage : WAYS[name];
  if (!way) return;
  event.preventDefault();
  way(button);
});

addEventListener("popstate", (event) => {
  if (walk.state === "over") location.replace(location.pathname);
  else if (walk.state === "open" && event.state && event.state.at) show(event.state.at);
});
