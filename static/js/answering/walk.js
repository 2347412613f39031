/**
 * One question at a time, in the form that the server made. Each step is an entry in the history, so that Back
 * means one question back. What the other buttons need comes once the first question can be answered, with the
 * worker where there is one; what cannot be loaded then is done by the server, which takes the form as it stands.
 * All others may import this file, which imports none: the entry of a page says in `walk.modules` what else there is.
 */

const REVIEW = "_review";
/** Before the first question, where it does not fit on the first screen. */
const BEGIN = "_begin";
/** Nobody waits longer for a file or an answer before being told. */
const PATIENCE_MS = 12000;

/** Where the reader is; "over" once nothing can be changed any more. */
export const walk = /** @type {Walk} */ ({ here: "", state: "open", answerForm: null, asked: null, session: null });

/** The steps behind the reader: entries in the history, or, on an enrolled device, nothing that outlives the page. */
export const trail = {
  state: () => history.state,
  set: (/** @type {any} */ state) => history.replaceState(state, ""),
  push: (/** @type {any} */ state) => history.pushState(state, ""),
  back: () => history.back(),
};

/** @param {string} id */
const template = (id) => /** @type {HTMLTemplateElement} */ (document.getElementById(id))?.content;
/** @param {string} id @returns {DocumentFragment} */
export const copy = (id) => document.importNode(template(id), true);
/** @param {string} word @param {string} [list] @returns {string} a sentence in the language of the page */
export const say = (word, list = "words") =>
  [list, "later-words"].map((id) => template(id)?.querySelector(`[data-word="${word}"]`)?.textContent).find(Boolean) || "";
/** @param {ParentNode} part @param {string} name @returns {HTMLElement} */
export const slot = (part, name) => /** @type {HTMLElement} */ (part.querySelector(`[data-slot=${name}]`));
/** @param {string} name of a card @param {Element} place before which it stands @returns {HTMLElement} */
export function insert(name, place) {
  place.before(copy(name));
  return /** @type {HTMLElement} */ (place.previousElementSibling);
}

/** @param {Event} event @returns {HTMLButtonElement | null} */
export const buttonOf = ({ target }) => target instanceof Element ? target.closest("button, a[data-go]") : null;

/** @param {ParentNode & EventTarget} part @param {Record<string, () => unknown>} actions */
export function listen(part, actions) {
  part.addEventListener("click", (event) => actions[buttonOf(event)?.dataset.go || ""]?.());
}

/** @param {string} sentence  told above the question, and read aloud */
export function tell(sentence) {
  slot(walk.form, "step").textContent = sentence;
}

/** @returns {number} how many steps lie behind this one in the history */
const depth = () => trail.state()?.depth || 0;
/** Whether the later pages are unfolded. */
export const isWhole = () => !template("more").firstElementChild;

/** @param {Element} item  a question or a note; until the rules are there, as the server made the page */
const applies = (item) => walk.asked ? walk.asked.has(item.id.slice(2)) : !item.matches(".unasked");

/** @returns {string[]} the questions that are asked, in their order */
export function askedQuestions() {
  return [...walk.form.querySelectorAll("fieldset.question")].filter(applies).map((item) => item.id.slice(2));
}

/** @param {HTMLFormElement} form @param {string} [at] where the reader was in the same form in the other language */
export function start(form, at) {
  walk.form = form;
  // A poll and a quiz are sent whole.
  if (!at && form.dataset.kind !== "survey") unfoldLaterPages();
  const [first] = askedQuestions();
  if (!first) return;
  form.classList.add("one");
  // Each step scrolls to its own beginning; the browser would come after it.
  history.scrollRestoration = "manual";
  form.querySelector(".part")?.before(copy("walk"));
  form.append(copy("review"), copy("ways"));
  // A page that was loaded again in the middle begins anew; what comes back of it comes behind a door.
  if (!at && depth()) history.go(-depth());
  const begin = form.querySelector("a[data-go=begin]") ? BEGIN : first;
  if (!at && !depth()) trail.set({ at: begin, depth: 0 });
  show(at || begin, true);
  const why = whyNotKept(form);
  if (why) warn(why);
  if (at || walk.session) prepare();
}

/**
 * Why answers cannot be kept in this browser or on this page, as far as it is plain at once; null if nothing is.
 * @param {HTMLFormElement} form
 */
export function whyNotKept({ dataset }) {
  if (!isSecureContext || !crypto.subtle || !navigator.serviceWorker) return "no-worker";
  // The marks of a quiz come from the server alone, since its key is in no page: it is posted as a form is.
  if (dataset.kind === "quiz") return "quiz";
  return dataset.sealingKey ? null : "no-key";
}

/**
 * Says before the questions, or above the one that is open, that the answer cannot be kept.
 * @param {string} why
 */
export function warn(why) {
  const { form } = walk;
  if (walk.session || form.querySelector(".unkept")) return;
  const notice = /** @type {HTMLElement} */ (copy("unkept").firstElementChild);
  slot(notice, "why").textContent = say(why) || slot(notice, "why").textContent;
  notice.classList.toggle("late", form.matches(".on"));
  form.querySelector(".place")?.after(notice);
}

/** @type {Promise<unknown> | null} */
let opened = null;

/** What the buttons need. */
export async function prepare() {
  const { form, modules: { sending, draft } } = walk;
  const whole = loadAnswerForm();
  sending().then((module) => module.prepare(form)).catch(() => warn("no-worker"));
  await whole;
  /** @type {HTMLElement | null} */
  const emblem = document.querySelector("[data-emblem]");
  emblem?.append(Object.assign(new Image(), { src: emblem.dataset.emblem, alt: "" }));
  draft?.().then((module) => module.prepare(form)).catch(() => {});
}

async function openAnswerForm() {
  const { open } = await walk.modules.answerForm();
  walk.answerForm = await open(walk.form.dataset.rules || "");
}

/** What checks the answers and tells them back; needed at the end of the questions at the latest. */
export async function loadAnswerForm() {
  opened = opened || soon(openAnswerForm());
  await opened.catch(() => {
    opened = null;
  });
  if (walk.form.isConnected) show(walk.here, true);
}

/** Takes the later pages out of their template. */
export function unfoldLaterPages() {
  const parts = walk.form.querySelectorAll(".part");
  parts[parts.length - 1].after(copy("more"));
  template("more").textContent = "";
}

/** What is asked may have changed with what was answered. */
function refresh() {
  if (walk.answerForm) walk.asked = walk.answerForm.read(walk.form).asked;
}

/** Whether the reader was changing what the last screen told. */
let changing = false;

/** @param {string} name @param {boolean} [still] the reader has not moved */
export function show(name, still) {
  const { form, answerForm } = walk;
  refresh();
  const all = askedQuestions();
  const before = name === BEGIN;
  const review = !before && !all.includes(name);
  const further = review && changing && answerForm?.leadOn(all);
  changing = trail.state()?.change;
  if (further) return visit(further, true);
  const at = review ? all.length : all.indexOf(name);
  walk.here = review ? REVIEW : name;
  form.classList.toggle("before", before);
  form.classList.toggle("on", depth() > 0);
  form.classList.toggle("end", review && !answerForm);
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".part"))) {
    const items = /** @type {HTMLElement[]} */ ([...part.querySelectorAll(".question")]);
    const asked = items.filter(applies);
    for (const item of items) item.hidden = shownWith(item, asked) !== `q-${walk.here}`;
    part.hidden = items.every((item) => item.hidden);
  }
  tell(review ? "" : say("step").replace("{at}", `${at + 1}`).replace("{all}", `${all.length}`));
  /** @type {HTMLProgressElement} */ (form.querySelector("progress")).value = (at + 1) / (all.length + 1);
  hide(".review", !review || !answerForm);
  hide("[data-more]", isWhole());
  hide("[data-go=next]", review);
  hide("[data-go=finish]", review || !answerForm || !isWhole());
  hide("[data-go=back]", !depth());
  hide("[data-go=postpone]", at < 1 || !answerForm);
  if (review && answerForm) answerForm.review(form, all);
  document.dispatchEvent(new Event("samvad:step"));
  if (!still) focusOn(form.querySelector(review ? ".review h2" : `#q-${name} > legend`));
}

/**
 * The page from its beginning; in large letters from what it has to say, which would be below the screen.
 * @param {Element | null} [title]
 */
export function showFromTop(title) {
  scrollTo(0, 0);
  if (title && title.getBoundingClientRect().bottom > innerHeight / 2) title.scrollIntoView();
}

/** @param {HTMLElement | null} title  what the reader shall see and hear next */
function focusOn(title) {
  title?.setAttribute("tabindex", "-1");
  title?.focus({ preventScroll: true });
  showFromTop(title);
}

/**
 * A note is read with the question after it, or before it if it is the last.
 * @param {Element} item @param {Element[]} asked  what applies of the same page
 */
function shownWith(item, asked) {
  const at = asked.indexOf(item);
  return at >= 0 && [...asked.slice(at), ...asked.slice(0, at).reverse()].find((near) => !near.matches(".note"))?.id;
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
  const { form, answerForm, here } = walk;
  if (here === REVIEW || (answerForm && !answerForm.accepts(form, here))) return;
  refresh();
  const all = askedQuestions();
  const following = all[all.indexOf(here) + 1] || REVIEW;
  if (trail.state()?.change) trail.back();
  else visit(following);
  if (following === REVIEW && !answerForm) loadAnswerForm();
}

function more() {
  const known = askedQuestions();
  unfoldLaterPages();
  refresh();
  const added = askedQuestions().find((name) => !known.includes(name));
  if (added) return visit(added);
  show(walk.here, true);
  tell(say("nothing"));
}

/** Whoever has left meanwhile is not led back: what waits for this then waits for ever. */
export const stillHere = () => new Promise((go) => document.body.firstChild && go(null));

/** Back to the first entry, and nothing ahead of it: the history shall not tell how an answer was given. */
export async function rewind() {
  await stillHere();
  const back = walk.session ? 0 : depth();
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
    return focusOn(null);
  }
  walk.form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  await rewind();
  HTMLFormElement.prototype.submit.call(walk.form);
}

/**
 * What cannot be loaded is done by the server.
 * @type {Record<string, (button: HTMLButtonElement) => unknown>}
 */
const ACTIONS = {
  next,
  begin: () => visit(askedQuestions()[0]),
  finish() {
    if (walk.answerForm?.accepts(walk.form, walk.here)) visit(REVIEW);
  },
  back: () => trail.back(),
  more: () => (walk.answerForm ? more() : post("_do", "more")),
  send: () => soon(walk.modules.sending()).then(({ send }) => send(), () => post("_do", "send")),
  change: ({ value }) => visit(value, true),
  postpone: () => walk.modules.draft?.().then(({ offer }) => offer()),
  language({ value }) {
    walk.modules.language().then(({ switchLanguage }) => switchLanguage(value)).catch(() => post("_lang", value));
  },
};

document.addEventListener("click", (event) => {
  const button = buttonOf(event);
  if (!button || !walk.form?.isConnected || walk.form.hidden) return;
  const { name, value, dataset } = button;
  // "stay" is the button that the Enter key presses.
  const go = dataset.go || (value === "stay" ? "next" : name === "_lang" ? "language" : name === "_do" ? value : "");
  const act = ACTIONS[go];
  if (!act) return;
  event.preventDefault();
  act(button);
});

addEventListener("popstate", (event) => {
  if (walk.state === "over") location.replace(location.pathname);
  else if (walk.state === "open" && event.state?.at) show(event.state.at);
});

document.dispatchEvent(new CustomEvent("samvad:walk", { detail: { prepare, start, walk } }));
