/**
 * What has been answered so far: read and checked as the server will check it, and told back before it is sent.
 */
import { CompiledSurvey } from "../shared/answers.js";
import { todayInIndia } from "../shared/expressions.js";
import { parseForm } from "../shared/form-answers.js";
import { copy, say } from "./steps.js";

/**
 * @param {string} address of the survey's rules
 * @returns {Promise<import("./steps.js").Sheet>}
 */
export async function open(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  const rules = await answer.json();
  const survey = new CompiledSurvey(rules);

  /** @param {HTMLFormElement} form @returns {import("./steps.js").Reading} */
  function read(form) {
    const parsed = parseForm(rules, fieldsOf(form));
    const { answers, asked, broken } = survey.check(parsed.answers, todayInIndia());
    const errors = new Map();
    for (const { question, code, words } of [...parsed.errors, ...broken]) {
      if (asked.has(question) && !errors.has(question)) errors.set(question, (words && words[language(form)]) || say(code));
    }
    return { answers, errors, asked };
  }

  return { read, review, settle: (form, name) => !mark(name, read(form).errors.get(name)) };
}

/** @param {HTMLFormElement} form @returns {Map<string, string[]>} what stands in the form, by field */
export function fieldsOf(form) {
  /** @type {Map<string, string[]>} */
  const fields = new Map();
  for (const [name, value] of new FormData(form)) {
    // What begins with an underscore is the page's own.
    if (name[0] !== "_") fields.set(name, [...(fields.get(name) || []), String(value)]);
  }
  return fields;
}

/** @param {HTMLFormElement} form */
const language = (form) => form.dataset.language || "";

/**
 * What cannot be sent as it stands, by question.
 * @param {import("./steps.js").Reading} reading
 */
export function faults({ answers, errors, asked }) {
  const [first] = asked;
  return errors.size || Object.keys(answers).length ? errors : new Map([[first, say("answer.none")]]);
}

/**
 * Puts a sentence beside a question, or takes it away.
 * @param {string} name @param {string} [sentence]
 */
export function mark(name, sentence) {
  const question = /** @type {HTMLElement} */ (document.getElementById(`q-${name}`));
  question.querySelector(".error")?.remove();
  question.classList.toggle("wrong", Boolean(sentence));
  if (!sentence) return false;
  const note = /** @type {HTMLElement} */ (copy("wrong").firstElementChild);
  note.id = `q-${name}-error`;
  note.append(sentence);
  question.querySelector("legend")?.after(note);
  question.setAttribute("aria-describedby", `q-${name}-hint ${note.id}`);
  /** @type {HTMLElement | null} */ (question.querySelector("input, textarea"))?.focus();
  return true;
}

/** @param {HTMLFormElement} form @param {string[]} names */
function review(form, names) {
  const list = form.querySelector(".review dl");
  if (list) list.textContent = "";
  for (const name of names) {
    const question = /** @type {HTMLElement} */ (document.getElementById(`q-${name}`));
    const row = copy("row");
    const title = question.querySelector("legend")?.lastChild?.textContent?.trim() || "";
    const button = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
    row.querySelector("dt")?.append(title);
    const words = told(question);
    row.querySelector("dd")?.append(words || say("unanswered"));
    row.querySelector("dd")?.classList.toggle("soft", !words);
    row.querySelector(".sr")?.append(`: ${title}`);
    button.value = name;
    list?.append(row);
  }
}

/**
 * The answer in the words that were chosen or typed.
 * @param {HTMLElement} question
 */
function told(question) {
  const parts = [...question.querySelectorAll("input, textarea")].flatMap((item) => {
    const field = /** @type {HTMLInputElement} */ (item);
    if (field.type !== "radio" && field.type !== "checkbox") return field.value.trim() ? [field.value.trim()] : [];
    if (!field.checked) return [];
    const row = field.closest(".row")?.querySelector("legend")?.textContent?.trim();
    const words = field.labels?.[0]?.textContent?.trim() || "";
    return [row ? `${row}: ${words}` : words];
  });
  return parts.join("; ");
}
