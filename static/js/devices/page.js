/** What pages of the department's own devices do alike: their screen stays on, and they open without network. */
import { install } from "../offline/network.js";

/**
 * Keeps what this page and the next one need, in both languages.
 * @param {string[]} files beside those that the page links to
 */
export function keepPage(files) {
  const links = [...document.querySelectorAll("link[href]")].map((link) => /** @type {HTMLLinkElement} */ (link).href);
  const other = `${location.pathname}?lang=${document.documentElement.lang === "en" ? "hi" : "en"}`;
  return install([location.pathname + location.search, other, import.meta.url, ...links, ...files]);
}

/** As long as the page is seen; the browser gives it up whenever it is not. */
async function stayAwake() {
  const lock = /** @type {any} */ (navigator).wakeLock;
  if (lock && document.visibilityState === "visible") await lock.request("screen").catch(() => {});
}

document.addEventListener("visibilitychange", stayAwake);
stayAwake();
