/**
 * What was answered so far comes back in the same tab after a reload, Back or a phone short of memory, behind a door
 * that shows no answer. It is gone once it is left or sent, and half an hour after the page was open last. Loaded once
 * the first question can be answered; what was answered until then is taken along.
 */
import { fieldsOf, refill, titleOf, unfinished } from "../answering/answer-form.js";
import { bring } from "../answering/parts.js";
import {
  askedQuestions, insert, listen, loadAnswerForm, say, show, trail, visit, walk, warn,
} from "../answering/walk.js";
import { drop, load, save, sweep, tryOut } from "../offline/tab.js";
import * as waiting from "./waiting.js";

/**
 * @typedef {[string, string[]][]} Fields
 * @typedef {{token: string, language: string, at: string, fields: Fields, titles: [string, string][]}} Kept
 * The titles of what was answered are in the language of that time: they may be in no questionnaire any more.
 */

const TOKEN = /^[a-z2-7]{26,36}$/i;
/** What the server says of codes whose answers, begun before, still count. */
const STILL_TAKEN = "[data-code='code.retired'], [data-code='code.expired'], [data-code='survey.closed'], [data-code='round.closed']";
const PAUSE_MS = 200;
const MINUTE_MS = 60000;

/** @type {Promise<void> | null} */
let looked = null;
/**
 * What waits behind the door.
 * @type {Kept | null}
 */
let kept = null;
/** Whether what is answered now is written down: not before one knows what waits, nor once it was left or sent. */
let writes = false;
/**
 * Why nothing can be kept here, so that what is answered would be lost with this page.
 * @type {{code?: string} | null}
 */
let refusal = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const isOpen = () => walk.state === "open" && walk.form?.isConnected;

/** @param {Element | null} question */
function isAnswered(question) {
  const fields = /** @type {HTMLInputElement[]} */ ([...(question?.querySelectorAll("input, textarea") || [])]);
  return fields.some(({ type, checked, value }) => (type === "radio" || type === "checkbox" ? checked : value.trim()));
}

function answered() {
  const questions = /** @type {NodeListOf<HTMLElement>} */ (walk.form.querySelectorAll(".part .question"));
  return [...questions].filter(isAnswered);
}
/** @param {HTMLElement} question */
const nameOf = (question) => question.id.slice(2);

/** The door, if there is one, or the notice that nothing can be kept; again in another language. Never rejects. */
export async function prepare() {
  looked = looked || look();
  await looked;
  if (kept || refusal) await bring().catch(() => {});
  if (kept) openDoor(kept);
  if (refusal) tellLoss(refusal);
}

async function look() {
  try {
    await tryOut();
    const found = await load();
    if (found?.token === walk.form.dataset.token) kept = found;
    await sweep();
  } catch (error) {
    refusal = error || {};
  }
  writes = !kept;
  keep();
}

/** @returns {Kept} */
function half() {
  const { token = "", language = "" } = walk.form.dataset;
  const titles = /** @type {[string, string][]} */ (answered().map((item) => [nameOf(item), titleOf(item)]));
  return { token, language, at: walk.here, fields: [...unfinished()], titles };
}

async function keep() {
  clearTimeout(timer);
  timer = undefined;
  if (!writes || !isOpen() || !answered().length) return;
  try {
    await save(half());
  } catch (error) {
    tellLoss(error || {});
  }
}

/** @param {string} word */
const paragraph = (word) => Object.assign(document.createElement("p"), { textContent: say(word) });

/** @param {{code?: string}} why */
function tellLoss(why) {
  refusal = why;
  warn(why.code || "");
  const notice = walk.form.querySelector(".unkept:not(.loss)");
  notice?.classList.add("loss");
  notice?.append(paragraph("loss"));
}

/** @param {Kept} found */
function openDoor(found) {
  if (document.querySelector(".door")) return;
  walk.form.hidden = true;
  const door = insert("door", walk.form);
  listen(door, { resume: () => resume(found), anew: () => drop().catch(() => {}).then(closeDoor) });
  door.querySelector("h1")?.focus();
}

function closeDoor() {
  document.querySelector(".door")?.remove();
  walk.form.hidden = false;
  kept = null;
  writes = true;
  show(walk.here);
  keep();
}

/** @param {Kept} found */
async function resume({ at, fields, titles, language }) {
  await loadAnswerForm();
  const now = fieldsOf(walk.form);
  // Whoever was quicker than the door keeps what was answered before it.
  const typed = answered().map(nameOf);
  const ofTyped = (/** @type {string} */ field) => typed.some((name) => isOf(field, name));
  const before = new Map(fields.filter(([field]) => !ofTyped(field)));
  refill(new Map([...before, ...[...now].filter(([field]) => ofTyped(field))]));
  const lost = [...before].filter(([field, values]) => !holds(field, values)).map(([field]) => field);
  const missing = titles.filter(([name]) => lost.some((field) => isOf(field, name)));
  closeDoor();
  stepTo(at);
  if (missing.length) nameMissing(missing.map(([, title]) => title), language);
}

/** @param {string} field @param {string} name of a question; a row of a grid is "grid.row" */
const isOf = (field, name) => field === name || field.startsWith(`${name}.`);

/**
 * Whether the form took it.
 * @param {string} field @param {string[]} values
 */
function holds(field, values) {
  const taken = fieldsOf(walk.form).get(field) || [];
  return values.every((value) => !value.trim() || taken.includes(value));
}

/**
 * To where the reader was, or what is unanswered from there on. Back then means one question back, as before.
 * @param {string} at
 */
function stepTo(at) {
  const all = askedQuestions();
  const isDue = (/** @type {string} */ name) => {
    const question = document.getElementById(`q-${name}`);
    return question?.querySelector("input, textarea") && !isAnswered(question);
  };
  const from = at === "_review" ? all.length : Math.max(0, all.indexOf(at));
  const target = all.findIndex((name, place) => place >= from && isDue(name));
  const place = target < 0 ? all.length : target;
  if (!trail.state()?.depth) {
    // The first entry is the first question, or what stands before it.
    const base = walk.form.querySelector("a[data-go=begin]") ? 0 : 1;
    for (let step = base; step < place; step++) trail.push({ at: all[step], depth: step - base + 1 });
  }
  if (place) visit(all[place] || "");
}

/** @param {string[]} titles @param {string} language */
function nameMissing(titles, language) {
  const open = walk.form.querySelector(".part:not([hidden])") || walk.form.querySelector(".review");
  const notice = Object.assign(document.createElement("div"), { className: "notice warning", role: "status" });
  notice.append(paragraph("missing"), Object.assign(paragraph(""), { lang: language, textContent: titles.join(" · ") }));
  open?.before(notice);
  const { here } = walk;
  // The rules may come later than this, and draw the same question anew.
  document.addEventListener("samvad:step", () => walk.here === here || notice.remove());
}

/**
 * On a page without a form. An answer that was begun before its code ended still counts: it is gone on with on the page
 * that this phone has, below the reason; else nothing is left of it, and this is said.
 * @param {Element} place what stands there instead, before which it is said what waits
 * @param {(form: HTMLFormElement) => unknown} ask @param {string} [token]
 */
export async function without(place, ask, token = location.pathname.split("/").pop() || "") {
  const found = TOKEN.test(token) && /** @type {Kept | null} */ (await load());
  if (found && found.token.toLowerCase() === token.toLowerCase()) {
    const page = place.matches(STILL_TAKEN) && (await pageOf(token, found.language));
    if (page) return goBackTo(page, place, ask);
    await drop();
    await bring();
    insert("ended", /** @type {HTMLElement} */ (place));
  }
  await sweep();
  await waiting.show(place);
}

/** @param {string} token @param {string} language */
async function pageOf(token, language) {
  const pages = await caches.open("samvad-pages");
  return (await pages.match(`/s/${token.toLowerCase()}?lang=${language}`))?.text();
}

/** @param {string} text of the page @param {Element} reason @param {(form: HTMLFormElement) => unknown} ask */
function goBackTo(text, reason, ask) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.documentElement.lang = page.documentElement.lang;
  document.body.replaceWith(document.adoptNode(page.body));
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-rules]"));
  form.before(reason);
  ask(form);
}

function end() {
  writes = false;
  kept = null;
  drop().catch(() => {});
}

/** @param {MouseEvent} event */
function lookAfter(event) {
  if (!(event.target instanceof Element)) return;
  const link = event.target.closest("a[href]:not([href^='#'], [href^='tel:'])");
  if (link?.matches("[data-leave]")) return end();
  const button = /** @type {HTMLButtonElement | null} */ (event.target.closest("button[name=_lang]"));
  if (button && kept && isOpen()) {
    event.preventDefault();
    walk.modules.language().then(({ switchLanguage }) => switchLanguage(button.value)).catch(() => {});
  } else if (link && isOpen() && answered().length) {
    Object.assign(link, { target: "_blank", rel: "noopener" });
  }
}

document.addEventListener("click", lookAfter, true);
document.addEventListener("samvad:done", end);
document.addEventListener("input", () => {
  timer = timer || setTimeout(keep, PAUSE_MS);
});
document.addEventListener("samvad:step", keep);
// While it stands open it does not grow old.
setInterval(keep, MINUTE_MS);
document.addEventListener("visibilitychange", keep);
addEventListener("pagehide", keep);
addEventListener("beforeunload", (event) => {
  if (refusal && isOpen() && answered().length) event.preventDefault();
});
