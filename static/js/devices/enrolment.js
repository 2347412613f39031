/** The form in which a code from the office makes this browser a device of the department. */
import { fetchWithLimit } from "../offline/posting.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("enrol"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("code"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));

/** @param {string} name */
const word = (name) => {
  const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById("enrol-words"));
  return content.querySelector(`[data-word=${name}]`)?.textContent || "";
};

/** @param {string} sentence */
function complain(sentence) {
  const line = /** @type {HTMLElement} */ (document.getElementById("code-error"));
  line.textContent = sentence;
  line.hidden = !sentence;
  field.toggleAttribute("aria-invalid", Boolean(sentence));
  form.querySelector(".field")?.classList.toggle("wrong", Boolean(sentence));
  if (sentence) field.focus();
}

/**
 * @typedef {object} Enrolment
 * @property {string} address where the code is taken
 * @property {() => Promise<object>} identify what is sent beside the code; rejects where this browser can keep nothing
 * @property {(told: any) => unknown} become with what the server told
 */

/** @param {Enrolment} enrolment */
async function enrol({ address, identify, become }) {
  const own = await identify().catch(() => null);
  if (!own) return complain(word("browser"));
  const message = JSON.stringify({ code: field.value.slice(0, 80), ...own });
  const answer = await fetchWithLimit(`${address}?lang=${document.documentElement.lang}`, message).catch(() => null);
  if (!answer) return complain(word("network"));
  const told = await answer.json().catch(() => ({}));
  if (answer.status !== 201) return complain(answer.status === 429 ? word("busy") : told.detail || word("busy"));
  // What a browser may throw away it throws away first where nobody taps.
  navigator.storage?.persist?.().catch(() => {});
  await become(told);
}

/** @param {Enrolment} enrolment */
export function offer(enrolment) {
  button.disabled = false;
  form.onsubmit = async (event) => {
    event.preventDefault();
    complain("");
    button.disabled = true;
    await enrol(enrolment).catch(() => complain(word("browser")));
    button.disabled = false;
  };
}
