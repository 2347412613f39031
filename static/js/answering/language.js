/**
 * The page in the other language, at the same question, with everything that was typed. The worker has that page
 * when there is no network.
 */
import { isWhole, soon, start, stillHere, unfoldLaterPages, walk } from "./walk.js";
import { fieldsOf, fill } from "./answer-form.js";
import { bring } from "./parts.js";

/**
 * The page in another language, in the place of this one. Rejects if it cannot be had.
 * @param {string} language
 */
export async function replacePage(language) {
  const address = location.pathname + (language === "en" ? "?lang=en" : "") + location.hash;
  const text = await (walk.page ? walk.page(language) : soon(fetched(address)));
  await stillHere();
  const page = new DOMParser().parseFromString(text, "text/html");
  const form = /** @type {HTMLFormElement | null} */ (page.querySelector("form[data-rules]"));
  if (!form || form.dataset.surveyVersion !== walk.form.dataset.surveyVersion) throw new Error(address);
  document.documentElement.lang = language;
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  if (walk.state === "open") history.replaceState(history.state, "", address);
  /** @type {HTMLElement | null} */ (document.querySelector("button[name=_lang]"))?.focus();
  return form;
}

/**
 * The same question in the other language, with everything that was typed.
 * @param {string} language
 */
export async function switchLanguage(language) {
  const whole = isWhole();
  const form = await replacePage(language);
  // Without them the server tells back what was answered.
  await bring().catch(() => {
    walk.answerForm = null;
  });
  await stillHere();
  const fields = fieldsOf(walk.form);
  // Not before: what comes meanwhile would find a form in which there is nothing yet.
  walk.form = form;
  if (whole) unfoldLaterPages();
  fill(fields);
  start(form, walk.here);
}

/** @param {string} address @returns {Promise<string>} */
async function fetched(address) {
  // Once an answer has gone, the page shall not be kept anew.
  const answer = await fetch(address, { cache: walk.state === "over" ? "no-store" : "default" });
  if (!answer.ok) throw new Error(address);
  return answer.text();
}
