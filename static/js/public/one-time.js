/**
 * A slip or an invitation: its token stands behind the # of the address and is posted, so that it is in no log. The
 * page of its code takes the place of this one and is kept by this phone until an answer has been sent.
 */
import { fetchWithLimit } from "../offline/posting.js";

/** @typedef {(form: HTMLFormElement, page: (language: string) => Promise<string>) => Promise<void>} Ask */

const PATIENCE_MS = 8000;
const TOKEN = /^[A-Z2-7]{36}$/i;
let token = "";

/** @param {string} language */
const keyOf = (language) => `/s/${token.toLowerCase()}?lang=${language}`;
const kept = () => caches.open("samvad-pages");
const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (document.querySelector(`[data-${name}]`));

/**
 * The page in a language, from the server or else from this phone.
 * @param {string} language @returns {Promise<string>}
 */
async function fetched(language) {
  try {
    const body = new URLSearchParams({ _token: token, _lang: language });
    const answer = await fetchWithLimit(location.pathname, body, false, PATIENCE_MS);
    if (answer.status >= 500) throw new Error("busy");
    const page = await answer.text();
    const headers = { "Content-Type": "text/html; charset=utf-8" };
    const copy = new Response(page, { headers });
    if (answer.ok && self.caches) await kept().then((pages) => pages.put(keyOf(language), copy)).catch(() => {});
    return page;
  } catch (error) {
    const page = self.caches && (await (await kept()).match(keyOf(language)));
    if (!page) throw error;
    return page.text();
  }
}

/** @returns {string} empty if there is none: the # belongs to the page once the token has been read */
const tokenInAddress = () => (TOKEN.test(location.hash.slice(1)) ? location.hash.slice(1) : "");

/** A page that is loaded again after an answer has left it. What says so is gone with the tab. */
async function tellWhatWas() {
  const was = history.state?.was;
  if (!was) return;
  const [{ insert }, { show }] = await Promise.all([import("../answering/walk.js"), import("./waiting.js")]);
  await show(part("typed"));
  if (was !== "sent") return;
  insert("sent-before", part("typed"));
  part("typed").remove();
}

/**
 * Called where the page has no form yet.
 * @param {Ask} ask
 */
export async function open(ask) {
  token = tokenInAddress();
  if (!token) return tellWhatWas();
  part("typed").hidden = true;
  part("network").hidden = true;
  part("wait").hidden = false;
  try {
    show(await fetched(document.documentElement.lang), ask);
  } catch {
    part("wait").hidden = true;
    part("network").hidden = false;
    part("again").addEventListener("click", () => open(ask), { once: true });
  }
}

/** @param {string} text of a page: the questions, or why there are none @param {Ask} ask */
function show(text, ask) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.body.replaceWith(document.adoptNode(page.body));
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-rules]"));
  if (!form) return instead(ask);
  // Nothing of the slip stays in the address once an answer has left the form, but whether it arrived.
  document.addEventListener("samvad:done", () => {
    const was = document.querySelector(".state [data-sent]") ? "sent" : "kept";
    history.replaceState({ was }, "", location.pathname);
  });
  ask(form, fetched).catch(() => {});
  fetched(document.documentElement.lang === "en" ? "hi" : "en").catch(() => {});
}

/** @param {Ask} ask */
async function instead(ask) {
  const { without } = await import("./keeping.js");
  const reason = /** @type {Element} */ (document.querySelector("#content > *"));
  await without(reason, (form) => ask(form, fetched), token);
  if (reason.matches("[data-gone]")) await (await import("../reading/gone.js")).forget(token);
}

addEventListener("hashchange", () => {
  const other = tokenInAddress();
  if (other && other !== token) location.reload();
});
