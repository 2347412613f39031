/** Sets a device up: a key that no script can take out, and a code from the office that binds it to a place. */
import { openOutbox } from "../offline/outbox.js";
import { loadDevice, makeKeys, saveDevice } from "./device.js";

const PATIENCE_MS = 30000;

const form = /** @type {HTMLFormElement} */ (document.getElementById("enrol"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("code"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
const language = document.documentElement.lang;

/**
 * One pair for as long as the page is open: a lost answer can be asked for again.
 * @type {ReturnType<typeof makeKeys> | null}
 */
let keys = null;

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

async function enrol() {
  keys = keys || makeKeys();
  const [pair] = await Promise.all([keys, openOutbox()]).catch(() => [null]);
  if (!pair) return complain(word("browser"));
  const answer = await ask(pair.publicKey).catch(() => null);
  if (!answer) return complain(word("network"));
  const told = await answer.json().catch(() => ({}));
  if (answer.status !== 201) return complain(answer.status === 429 ? word("busy") : told.detail || word("busy"));
  await saveDevice(told, pair.keys);
  navigator.storage?.persist?.().catch(() => {});
  location.replace(told.path + (language === "en" ? "?lang=en" : ""));
}

/** @param {string} publicKey */
async function ask(publicKey) {
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    return await fetch(`/api/v1/devices?lang=${language}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code: field.value.slice(0, 80), public_key: publicKey }),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: stop.signal,
    });
  } finally {
    clearTimeout(limit);
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  complain("");
  button.disabled = true;
  await enrol().catch(() => complain(word("browser")));
  button.disabled = false;
});
button.disabled = false;
loadDevice().then((device) => {
  const known = /** @type {HTMLElement} */ (document.getElementById("known"));
  known.hidden = !device;
  if (device) /** @type {HTMLAnchorElement} */ (known.querySelector("a")).href = device.path;
}).catch(() => {});
