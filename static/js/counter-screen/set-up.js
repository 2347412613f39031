/** Makes this browser a counter screen: a secret of its own, and a code from the office. */
import { openOutbox } from "../offline/outbox.js";
import { toBase64url } from "../offline/seal.js";
import { post } from "./pad.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("enrol"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("code"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));

const drawSecret = () => toBase64url(crypto.getRandomValues(new Uint8Array(32)));

/** The same until it is taken: a lost answer can be asked for again. */
let secret = drawSecret();

/** @param {string} name */
const word = (name) => {
  const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById("words"));
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

/** @param {() => unknown} done */
async function enrol(done) {
  const box = await openOutbox().catch(() => null);
  if (!box) return complain(word("browser"));
  const address = `/api/v1/screens?lang=${document.documentElement.lang}`;
  const answer = await post(address, { code: field.value.slice(0, 80), secret }).catch(() => null);
  if (!answer) return complain(word("network"));
  const { status, told } = answer;
  if (status !== 201) return complain(status === 429 ? word("busy") : told.detail || word("busy"));
  await box.setOwn("screen", { secret });
  await box.setOwn("pad", null);
  secret = drawSecret();
  // What a browser may throw away it throws away first where nobody taps.
  navigator.storage?.persist?.().catch(() => {});
  done();
}

/** @param {() => unknown} done when this browser is a screen */
export function offer(done) {
  button.disabled = false;
  form.onsubmit = async (event) => {
    event.preventDefault();
    complain("");
    button.disabled = true;
    await enrol(done).catch(() => complain(word("browser")));
    button.disabled = false;
  };
}
