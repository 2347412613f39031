/**
 * What the page says once an answer has left the form. The words come from the server, as templates.
 *
 * @typedef {typeof import("../offline/delivery.js")} Delivery
 */
import { copy, listen, say, slot, walk } from "./steps.js";

/**
 * The sentence in a refusal of the server.
 * @param {any} problem @returns {string}
 */
export const told = (problem) => problem?.detail || "";

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
  page.querySelectorAll("form, .state").forEach((part) => part.remove());
  page.prepend(state);
  shown = { name, fill };
  fill(state);
  walk.form.reset();
  document.dispatchEvent(new Event("samvad:done"));
  scrollTo(0, 0);
  state.querySelector("h1")?.focus({ preventScroll: true });
}

/** @param {string} [number] @param {string} [serial] what became of a slip, if that is not plain */
export const thank = (number = "", serial = "") =>
  conclude(document.getElementById(serial) ? serial : "sent", (state) => void (slot(state, "number").textContent = number));

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button");
  if (!button || !shown.name || button.name !== "_lang") return;
  const turned = import("./language.js").then((module) => module.turn(button.value));
  turned.then(() => conclude(shown.name, shown.fill)).catch(() => {});
});

/**
 * Follows an answer that is kept until it is sent or refused.
 * @param {Delivery} delivery @param {string} id @param {string} token
 */
export function follow(delivery, id, token) {
  const line = () => slot(document, "state");
  const again = () => retry(delivery, line);
  const actions = { again, delete: () => remove(delivery, id), file: () => save(delivery, id) };
  const learn = () => {
    const { state, number, problem, serial } = delivery.last.get(id) || {};
    if (state === "sent") {
      thank(number, serial);
      delivery.wipe(token).catch(() => {});
    } else if (state === "refused" || state === "lost") {
      conclude("refused", (part) => {
        const why = state === "lost" ? say(state) : told(problem);
        if (why) slot(part, "why").textContent = why;
        if (state === "lost") part.querySelectorAll("[data-held]").forEach((held) => held.remove());
        listen(part, actions);
      });
    }
  };
  conclude("kept", (part) => listen(part, actions));
  delivery.events.addEventListener("change", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.id === id) learn();
  });
  learn();
  if (line()) again();
}

/**
 * Sends what waits, and says meanwhile and afterwards how it stands.
 * @param {Delivery} delivery @param {() => HTMLElement | null} line where it is said, as long as that is there
 */
export async function retry(delivery, line) {
  const tell = (/** @type {string} */ name) => line()?.replaceChildren(say(name));
  tell("trying");
  tell((await delivery.flush()) ? "still" : "soon");
}

/** @param {Delivery} delivery @param {string} id */
export async function remove(delivery, id) {
  if (!confirm(say("sure"))) return;
  await delivery.discard(id);
  location.replace(location.pathname);
}

/** @param {Delivery} delivery @param {string} id */
export async function save(delivery, id) {
  const address = URL.createObjectURL(await delivery.asFile(id));
  Object.assign(document.createElement("a"), { href: address, download: "samvad.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
