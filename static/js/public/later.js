/**
 * What this phone keeps: a draft, if its owner asked for one, and answers that are not sent yet.
 */
import { addLater, copy, refresh, rewind, say, slot, visit, walk } from "./steps.js";
import { fieldsOf } from "./sheet.js";
import { fill } from "./language.js";
import { conclude, listen, remove, save, told } from "./states.js";

const deliver = () => import("../offline/delivery.js");

/** @param {HTMLFormElement} form */
export async function prepare(form) {
  const delivery = await deliver();
  form.querySelectorAll(":scope > .card").forEach((card) => card.remove());
  const draft = await delivery.loadDraft(form.dataset.token || "");
  if (draft) showDraft(form, delivery, draft);
  const rows = await delivery.list();
  if (rows.length) showKept(form, delivery, rows);
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLElement} the card, above the promises */
function card(form, name) {
  form.querySelector(".promises")?.before(copy(name));
  return /** @type {HTMLElement} */ (form.querySelector(".promises")?.previousElementSibling);
}

/** @param {HTMLFormElement} form @param {any} delivery @param {any} draft */
function showDraft(form, delivery, draft) {
  const shown = card(form, "draft");
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

/** @param {HTMLFormElement} form @param {any} delivery @param {any[]} rows */
function showKept(form, delivery, rows) {
  const shown = card(form, "waiting");
  for (const { id, state, problem } of rows) {
    const item = copy("item");
    const refused = state === "refused";
    slot(item, "state").textContent = refused ? `${say("refused")} ${told(problem)}` : say("waiting");
    /** @type {HTMLElement} */ (item.querySelector("[data-go=file]")).hidden = !refused;
    const line = /** @type {HTMLElement} */ (item.firstElementChild);
    listen(line, { delete: () => remove(delivery, id), file: () => save(delivery, id) });
    shown.querySelector("ul")?.append(item);
    delivery.events.addEventListener("change", (/** @type {any} */ event) => {
      if (event.detail.id !== id || event.detail.state === "waiting") return;
      slot(line, "state").textContent = event.detail.state === "sent" ? say("sent") : say("refused");
      line.querySelector(".actions")?.remove();
    });
  }
  const again = /** @type {HTMLElement} */ (shown.querySelector("[data-go=again]"));
  again.hidden = rows.every(({ state }) => state === "refused");
  listen(shown, { again: () => delivery.flush() });
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
