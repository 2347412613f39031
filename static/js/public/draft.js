/** Unfinished answers, kept on this phone if its owner asks for it. */
import { goOn, unfinished } from "../answering/answer-form.js";
import { conclude } from "../answering/outcome.js";
import { copy, insert, listen, rewind, say, walk } from "../answering/walk.js";
import { dropDraft, loadDraft, saveDraft } from "../offline/drafts.js";
import * as keeping from "./keeping.js";
import * as waiting from "./waiting.js";

/** @param {HTMLFormElement} form */
export async function prepare(form) {
  await keeping.prepare();
  const place = /** @type {Element} */ (form.querySelector(".promise"));
  const token = form.dataset.token || "";
  for (const card of form.querySelectorAll(":scope > .card")) card.remove();
  const draft = await loadDraft(token);
  if (draft) {
    const shown = insert("draft", place);
    listen(shown, {
      resume() {
        shown.remove();
        goOn(draft.fields);
      },
      async drop() {
        await dropDraft(token);
        shown.remove();
      },
    });
  }
  await waiting.show(place);
}

/** Asks first, since a draft can be read by whoever has the phone. */
export function offer() {
  const { form } = walk;
  form.querySelector(".offer")?.remove();
  form.append(copy("postpone"));
  const shown = /** @type {HTMLElement} */ (form.lastElementChild);
  shown.querySelector("h2")?.focus();
  shown.scrollIntoView();
  listen(shown, { cancel: () => shown.remove(), save: () => save(shown) });
}

/** @param {HTMLElement} shown */
async function save(shown) {
  const { token = "", surveyVersion, language = "" } = walk.form.dataset;
  try {
    await saveDraft(token, Number(surveyVersion), language, unfinished());
  } catch {
    shown.querySelector("p")?.replaceWith(say("draft"));
    return;
  }
  await rewind();
  conclude("saved");
}
