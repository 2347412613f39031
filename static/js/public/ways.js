/**
 * What the other buttons do: tell more, change, send, the other language, finish later, listen. It is fetched
 * once the first question can be answered, with the worker where there is one.
 */
import "../offline/turnover.js";
import { addLater, depth, refresh, say, show, slot, stops, visit, walk } from "./steps.js";

const MODULES = {
  sheet: () => import("./sheet.js"),
  sending: () => import("./sending.js"),
  later: () => import("./later.js"),
  talk: () => import("./talk.js"),
};

/** @type {Promise<unknown> | null} */
let opened = null;

/** What the buttons need. */
export async function prepare() {
  await openSheet();
  const { form } = walk;
  for (const load of walk.desk ? [MODULES.sending, MODULES.talk] : [MODULES.sending, MODULES.later, MODULES.talk]) {
    load().then((module) => module.prepare(form)).catch(() => {});
  }
}

/** What checks the answers and tells them back; needed at the end of the questions at the latest. */
export async function openSheet() {
  const { rules = "" } = walk.form.dataset;
  opened = opened || MODULES.sheet().then(async (module) => (walk.sheet = await module.open(rules)));
  await opened.catch(() => (opened = null));
  refresh();
  if (walk.form.isConnected) show(walk.here, true);
}

function more() {
  const known = stops();
  addLater();
  refresh();
  const added = stops().filter((name) => !known.includes(name));
  if (added.length) return visit(added[0]);
  show(walk.here, true);
  slot(walk.form, "step").textContent = say("nothing");
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

/**
 * The form as it stands, to the server, which answers with a page.
 * @param {string} name @param {string} value
 */
export async function post(name, value) {
  walk.form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  await rewind();
  HTMLFormElement.prototype.submit.call(walk.form);
}

/** @param {string} sentence  told beside the step, and read aloud */
export const tell = (sentence) => void (slot(walk.form, "step").textContent = sentence);

/** @param {HTMLButtonElement} button */
function switchLanguage({ value }) {
  const swapped = import("./language.js").then((module) => module.swap(value));
  // Without network the form would be lost if it were posted.
  swapped.catch(() => (navigator.onLine ? post("_lang", value) : tell(say("language"))));
}

/** @type {Record<string, (button: HTMLButtonElement) => unknown>} */
const WAYS = {
  more: () => (walk.sheet ? more() : post("_do", "more")),
  // What cannot be loaded is done by the server, if there is one to be reached.
  send: () =>
    MODULES.sending()
      .then((module) => module.send())
      .catch(() => (navigator.onLine ? post("_do", "send") : tell(say("network")))),
  change: ({ value }) => visit(value, true),
  later: () => MODULES.later().then((module) => module.offer()),
  listen: () => MODULES.talk().then((module) => module.talk()),
};

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button");
  if (!button || !walk.form.isConnected) return;
  const way = button.name === "_lang" ? switchLanguage : WAYS[button.dataset.go || (button.name === "_do" ? button.value : "")];
  if (!way) return;
  event.preventDefault();
  way(button);
});
