/** Unfinished answers, kept on this phone if its owner asks for it. */
import { addLater, copy, insert, listen, refresh, rewind, say, visit, walk } from "./steps.js";
import { fieldsOf } from "./answer-form.js";
import { fill } from "./language.js";
import { conclude } from "./outcome.js";
import * as waiting from "./waiting.js";

const deliver = () => import("../offline/delivery.js");

/** @param {HTMLFormElement} form */
export async function prepare(form) {
  const delivery = await deliver();
  form.querySelectorAll(":scope > .card").forEach((card) => card.remove());
  const draft = await delivery.loadDraft(form.dataset.token || "");
  if (draft) showDraft(form, delivery, draft);
  await waiting.show(/** @type {Element} */ (form.querySelector(".promises")));
}

/** @param {HTMLFormElement} form @param {any} delivery @param {any} draft */
function showDraft(form, delivery, draft) {
  const shown = insert("draft", /** @type {Element} */ (form.querySelector(".promises")));
  /** @type {Map<string, string[]>} */
  const fields = draft.fields;
  const [at] = fields.get("_at") || [""];
  listen(shown, {
    resume() {
      shown.remove();
      if (fields.has("_whole")) addLater();
      fill(form, fields);
      refresh();
      visit(at);
    },
    async drop() {
      await delivery.dropDraft(form.dataset.token);
      shown.remove();
    },
  });
}

/** Asks first, since a draft can be read by whoever has the phone. */
export function offer() {
  const { form, here } = walk;
  form.querySelector(".offer")?.remove();
  form.append(copy("later"));
  const shown = /** @type {HTMLElement} */ (form.lastElementChild);
  shown.querySelector("h2")?.focus();
  shown.scrollIntoView();
  listen(shown, { cancel: () => shown.remove(), save: () => saveDraft(form, here, shown) });
}

/** @param {HTMLFormElement} form @param {string} here @param {HTMLElement} shown */
async function saveDraft(form, here, shown) {
  const { token = "", surveyVersion, language = "" } = form.dataset;
  const whole = !(/** @type {HTMLTemplateElement} */ (document.getElementById("more")).content.firstElementChild);
  const fields = fieldsOf(form).set("_at", [here]);
  if (whole) fields.set("_whole", ["1"]);
  try {
    await (await deliver()).saveDraft(token, Number(surveyVersion), language, fields);
  } catch {
    shown.querySelector("p")?.replaceWith(say("draft"));
    return;
  }
  await rewind();
  conclude("saved");
}
