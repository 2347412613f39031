/**
 * A slip or an invitation: its token stands behind the # of the address and is posted, so that it is in no log. The
 * page of its code takes the place of this one and is kept by this phone until an answer has been sent.
 */
import { start, walk } from "./steps.js";

const PATIENCE_MS = 8000;
const TOKEN = /^[A-Z2-7]{36}$/i;
let token = "";

/** @param {string} language */
const keyOf = (language) => `/s/${token.toLowerCase()}?lang=${language}`;
const kept = () => caches.open("samvad-pages");
const door = (/** @type {string} */ part) => /** @type {HTMLElement} */ (document.querySelector(`[data-${part}]`));

/**
 * The page in a language, from the server or else from this phone.
 * @param {string} language @returns {Promise<string>}
 */
async function fetched(language) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE_MS);
  const body = new URLSearchParams({ _token: token, _lang: language });
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, credentials: "omit", signal: control.signal });
    if (answer.status >= 500) throw new Error("busy");
    const page = await answer.text();
    const headers = { "Content-Type": "text/html; charset=utf-8" };
    if (answer.ok && self.caches) await kept().then((pages) => pages.put(keyOf(language), new Response(page, { headers })), () => {});
    return page;
  } catch (error) {
    const page = self.caches && (await (await kept()).match(keyOf(language)));
    if (!page) throw error;
    return page.text();
  } finally {
    clearTimeout(timer);
  }
}

/** Called once, where the page has no form yet. */
export async function open() {
  token = location.hash.slice(1);
  if (!TOKEN.test(token)) return;
  door("typed").hidden = true;
  door("network").hidden = true;
  door("wait").hidden = false;
  try {
    show(await fetched(document.documentElement.lang));
  } catch {
    door("wait").hidden = true;
    door("network").hidden = false;
    door("again").addEventListener("click", open, { once: true });
  }
}

/** @param {string} text of a page: the questions, or why there are none */
function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.body.replaceWith(document.adoptNode(page.body));
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-rules]"));
  if (!form) return;
  walk.page = fetched;
  // Nothing of the slip stays in the address once an answer has left the form.
  document.addEventListener("samvad:done", () => history.replaceState(history.state, "", location.pathname));
  start(form);
  fetched(document.documentElement.lang === "en" ? "hi" : "en").catch(() => {});
}

addEventListener("hashchange", () => location.reload());
