/**
 * The interviewer's phone: one household after another, mostly without network. Consent is read out first; then the
 * phone may be handed over, so that the interviewer sees no answer; whoever holds it cannot get back to the
 * interviewer's screen without holding a button.
 */
import { download } from "../answering/outcome.js";
import { buttonOf, copy, say, slot, walk } from "../answering/walk.js";
import { asFile, list } from "../offline/delivery.js";
import { todayInIndia } from "../offline/calendar.js";
import { openOutbox } from "../offline/outbox.js";
import { begin, clean, finish, isFree, ownSession, showGate } from "./session.js";
import { onHold } from "./hold.js";
import { forget, pause, paused, resume } from "./household.js";
import { countInterview, countRefusal, learnQuotas, progress, readNotebook, refusalsThisWeek } from "./notebook.js";
import { sync, whatWaits } from "./sync.js";

/** @typedef {import("./sync.js").Heard & {quotas?: import("./notebook.js").Quotas | null}} Heard */

/** Talking takes its time: nobody is asked after sooner. */
const PATIENCE_MS = 600000;
const CONSENT = "#consent";

/** The respondent holds the phone. It outlives the page and the browser: loading again must not hand it back. */
let passed = false;
const PASSED = "passed";
let isPaused = false;
let hear = async (/** @type {Heard | null} */ _heard) => {};

const language = () => document.documentElement.lang;
const gate = () => document.getElementById("gate")?.dataset.state || "";

/** @param {string} name */
const word = (name) => say(name, "interview-words");

/**
 * Says something on the start screen.
 * @param {string} sentence
 */
function tell(sentence) {
  const line = slot(document, "said");
  if (line) line.textContent = sentence;
}

/**
 * The first screen: the interviewer's, unless somebody else held the phone when the page was left.
 * @param {(heard: Heard | null) => Promise<void>} listener
 */
export async function open(listener) {
  hear = listener;
  passed = Boolean(await (await openOutbox()).own(PASSED));
  if (passed) return close();
  showGate("ready", true);
  if (location.hash === CONSENT && isFree()) {
    history.replaceState(history.state, "", location.pathname + location.search);
    showGate("consent");
  }
  await fill();
}

/**
 * What the office answered to the phone's status.
 * @param {Heard} heard
 */
export async function learn(heard) {
  await learnQuotas(heard.quotas);
  if (isFree()) await fill();
}

/** What is known now goes into the start screen, if that is shown. */
async function fill() {
  const [notebook, household] = await Promise.all([readNotebook(), paused().catch(() => null)]);
  isPaused = Boolean(household);
  if (!isFree()) return;
  const lines = progress(notebook, language());
  // What is full already comes last.
  lines.sort((one, other) => Number(one.all >= one.target) - Number(other.all >= other.target));
  slot(document, "refusals").textContent = word("refusals").replace("{count}", `${refusalsThisWeek(notebook)}`);
  slot(document, "paused").hidden = !household;
  slot(document, "progress").hidden = !lines.length;
  slot(document, "at").textContent = notebook.at ? word("at").replace("{at}", moment(notebook.at)) : "";
  slot(document, "quotas").textContent = "";
  slot(document, "quotas").append(...lines.map(row));
}

/** @param {string} at */
const moment = (at) =>
  new Date(at).toLocaleString(`${language()}-IN`, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Kolkata",
  });

/** @param {import("./notebook.js").Line} line */
function row({ words, own, all, target }) {
  const item = copy("quota");
  const bar = /** @type {HTMLProgressElement} */ (item.querySelector("progress"));
  const count = word(all >= target ? "full" : own ? "count" : "others");
  slot(item, "words").textContent = words;
  slot(item, "count").textContent = count.replace("{own}", `${own}`).replace("{all}", `${all}`).replace("{target}", `${target}`);
  bar.max = target;
  bar.value = Math.min(all, target);
  bar.setAttribute("aria-label", words);
  item.firstElementChild?.classList.toggle("full", all >= target);
  return item;
}

/** What becomes of an answer here. */
const session = {
  ...ownSession,
  async kept() {
    const answers = walk.answerForm ? walk.answerForm.read(walk.form).answers : {};
    await countInterview(answers).catch(() => {});
    close();
  },
};

/** The end of a conversation, the same whether it was finished or not. */
function close() {
  finish(passed ? "returned" : "thanks");
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-hold]"));
  if (button) onHold(button, home);
}

async function home() {
  await pass(false);
  clean(language());
}

/** @param {boolean} over whether the respondent holds the phone from now on */
async function pass(over) {
  passed = over;
  document.documentElement.classList.toggle("passed", passed);
  // Where that cannot be kept, this page knows it still.
  await openOutbox().then((box) => box.setOwn(PASSED, passed)).catch(() => {});
}

/** @param {boolean} over whether the phone is handed over */
function answer(over) {
  pass(over);
  begin(session, { patience: PATIENCE_MS, gone: () => (passed ? close() : home()) });
}

async function refuse() {
  const counted = await countRefusal().then(() => true, () => false);
  showGate("ready");
  await fill();
  await hear(null);
  tell(word(counted ? "declined" : "unsaved"));
}

async function keepForLater() {
  try {
    await pause();
  } catch {
    alert(word("unsaved"));
    return;
  }
  home();
}

async function goOn() {
  answer(false);
  await resume();
  isPaused = false;
}

async function drop() {
  if (!confirm(word("sure"))) return;
  await forget();
  await fill();
}

async function send() {
  tell(word("sending"));
  const heard = await sync().catch(() => null);
  await hear(heard);
  if (!isFree()) return;
  tell(word(heard ? await whatWaits() : "network"));
}

/** Everything that waits, sealed as it is: a second copy for the way home. */
async function save() {
  const rows = await list();
  if (!rows.length) return tell(word("nothing"));
  download(await asFile(), `samvad-${todayInIndia()}.json`);
  tell(word("saved"));
}

/** Away from the questions: nothing of them stays. */
function leave() {
  // From the last screen only the held button leads back to the interviewer's.
  if (passed) return gate() === "returned" || close();
  if (gate() || confirm(word("leave"))) home();
}

/** @type {Record<string, () => unknown>} */
export const ACTIONS = {
  start: () => showGate("consent"),
  agree: () => showGate("hand"),
  refuse,
  ask: () => answer(false),
  pass: () => (walk.session ? handOver() : answer(true)),
  pause: keepForLater,
  resume: goOn,
  drop,
  send,
  save,
  clean: leave,
};

/** In the middle of it: for what the person would rather answer alone. */
function handOver() {
  pass(true);
  tools();
  /** @type {HTMLElement | null} */ (walk.form.querySelector(`#q-${walk.here} > legend`))?.focus();
}

/** The interviewer's own buttons, below the questions. */
function tools() {
  if (!walk.form.querySelector(".tools")) walk.form.append(copy("tools"));
  const bar = /** @type {HTMLElement} */ (walk.form.querySelector(".tools"));
  bar.hidden = passed;
  /** @type {HTMLElement} */ (bar.querySelector("[data-session=pause]")).hidden = isPaused;
}

document.addEventListener("samvad:step", tools);
document.addEventListener("click", (event) => {
  const button = buttonOf(event);
  if (button?.name !== "_lang" || !["consent", "hand"].includes(gate())) return;
  location.replace(`${location.pathname}${button.value === "en" ? "?lang=en" : ""}${CONSENT}`);
});
