/** What the page says once an answer has left the form. The words come from the server, as templates. */
import { asFile, discard, events, flush, last } from "../offline/delivery.js";
import { bring } from "./parts.js";
import { buttonOf, copy, listen, say, showFromTop, slot, walk } from "./walk.js";

/** Who sees nothing happen for longer wants to know that nothing is lost. */
const PATIENCE_MS = 2000;

/**
 * The sentence in a refusal of the server.
 * @param {any} problem @returns {string}
 */
export const problemSentence = (problem) => problem?.detail || "";

/** What is shown now, so that it can be shown again in the other language. */
let shown = { name: "", fill: (/** @type {HTMLElement} */ _state) => {} };

/**
 * Shows one state instead of the form or of the state before.
 * @param {string} name @param {(state: HTMLElement) => void} [fill]
 */
export function conclude(name, fill = () => {}) {
  const page = /** @type {HTMLElement} */ (document.getElementById("content"));
  const state = document.createElement("div");
  state.append(copy(name));
  state.className = "state";
  for (const part of page.querySelectorAll("form, .state")) part.remove();
  page.prepend(state);
  shown = { name, fill };
  fill(state);
  walk.form.reset();
  document.dispatchEvent(new Event("samvad:done"));
  const title = state.querySelector("h1");
  showFromTop(title);
  title?.focus({ preventScroll: true });
}

/** @param {string} [number] of the confirmation */
export function thank(number = "") {
  conclude("sent", (state) => {
    slot(state, "number").append(number);
    slot(state, "place").append(walk.form.querySelector(".place h1")?.textContent || "");
    // The part is the same for all codes: to the office of this district leads the page.
    slot(state, "complaint").setAttribute("href", walk.form.querySelector(".beside > a")?.getAttribute("href") || "");
  });
}

document.addEventListener("click", (event) => {
  const button = buttonOf(event);
  if (!shown.name || button?.name !== "_lang") return;
  const turned = walk.modules.language().then(({ replacePage }) => replacePage(button.value));
  turned.then(async (form) => {
    walk.form = form;
    await bring();
    conclude(shown.name, shown.fill);
  }).catch(() => {});
});

/**
 * Follows an answer that is kept until it is sent or refused. That it is kept is said once sending takes long or fails.
 * @param {string} id
 */
export function follow(id) {
  let word = "trying";
  const tell = (/** @type {string} */ now) => {
    word = now;
    const line = document.querySelector(".state [data-slot=state]");
    if (line) line.textContent = say(word);
  };
  const actions = { again: () => retry(tell), ...actionsOn(id) };
  const keep = () => {
    if (shown.name !== "sending") return;
    conclude("kept", (part) => {
      listen(part, actions);
      slot(part, "state").textContent = say(word);
    });
  };
  const learn = () => {
    const { state, number, problem } = last.get(id) || {};
    if (state === "sent") thank(number);
    else if (state === "refused" || state === "lost") {
      conclude("refused", (part) => {
        const why = state === "lost" ? say(state) : problemSentence(problem);
        if (why) slot(part, "why").textContent = why;
        for (const held of part.querySelectorAll("[data-held]")) if (state === "lost") held.remove();
        listen(part, actions);
      });
    }
  };
  conclude("sending");
  events.addEventListener("change", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.id === id) learn();
  });
  learn();
  setTimeout(keep, PATIENCE_MS);
  retry(tell).then(keep);
}

/**
 * Sends what waits, and says meanwhile and afterwards how it stands.
 * @param {(word: string) => void} tell
 */
export async function retry(tell) {
  tell("trying");
  tell((await flush()) ? "still" : "soon");
}

/**
 * What can be done about an answer that has not been sent.
 * @param {string} id
 */
export const actionsOn = (id) => ({
  async delete() {
    if (!confirm(say("sure"))) return;
    await discard(id);
    location.replace(location.pathname);
  },
  file: async () => download(await asFile(id), "samvad.json"),
});

/** @param {Blob} file @param {string} name */
export function download(file, name) {
  const address = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
