/**
 * What has been answered so far: read and checked as the server will check it, and told back before it is sent.
 */
import { todayInIndia } from "../offline/calendar.js";
import { CompiledSurvey } from "./answers.js";
import { parseForm } from "./form-answers.js";
import { bring } from "./parts.js";
import { copy, isWhole, say, unfoldLaterPages, visit, walk } from "./walk.js";

/**
 * @param {string} address of the survey's rules
 * @returns {Promise<AnswerForm>}
 */
export async function open(address) {
  const [answer] = await Promise.all([fetch(address), bring()]);
  if (!answer.ok) throw new Error(address);
  const rules = await answer.json();
  const survey = new CompiledSurvey(rules);

  /** @param {HTMLFormElement} form @returns {Reading} */
  function read(form) {
    const parsed = parseForm(rules, fieldsOf(form));
    const today = todayInIndia();
    const { answers, asked, broken } = survey.check(parsed.answers, today);
    const errors = new Map();
    for (const { question, code, words } of [...parsed.errors, ...broken]) {
      const sentence = words?.[form.dataset.language || ""] || say(code);
      if (asked.has(question) && !errors.has(question)) errors.set(question, sentence);
    }
    return { answers, errors, asked: new Set([...asked, ...survey.notes(answers, today)]) };
  }

  /** What the last screen told, or asked since. @type {Set<string>} */
  let told = new Set();

  return {
    read,
    review(form, names) {
      told = new Set(names);
      review(form, names, read(form));
    },
    accepts: (form, name) => !mark(name, read(form).errors.get(name)),
    leadOn(names) {
      const name = names.find((asked) => !told.has(asked));
      if (name) told.add(name);
      return name;
    },
  };
}

/** @param {HTMLFormElement} form @returns {Map<string, string[]>} what stands in the form, by field */
export function fieldsOf(form) {
  const data = new FormData(form);
  // What begins with an underscore is the page's own.
  const names = [...new Set(data.keys())].filter((name) => name[0] !== "_");
  return new Map(names.map((name) => [name, data.getAll(name).map(String)]));
}

/**
 * Puts what was typed into a form that is empty.
 * @param {Map<string, string[]>} fields
 */
export function fill(fields) {
  for (const item of walk.form.querySelectorAll(".part input, .part textarea")) {
    const field = /** @type {HTMLInputElement} */ (item);
    const values = fields.get(field.name) || [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values.find((value) => value !== "_declined") || "";
  }
}

/** What stands in the form, how much of it is unfolded, and where the reader is. */
export function unfinished() {
  const fields = fieldsOf(walk.form).set("_at", [walk.here]);
  return isWhole() ? fields.set("_whole", ["1"]) : fields;
}

/** @param {Map<string, string[]>} fields what was unfinished, for a form that has just begun */
export function refill(fields) {
  if (fields.has("_whole")) unfoldLaterPages();
  fill(fields);
}

/** @param {Map<string, string[]>} fields */
export function goOn(fields) {
  refill(fields);
  visit((fields.get("_at") || [""])[0]);
}

/**
 * What cannot be sent as it stands, by question.
 * @param {Reading} reading
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

/** @param {HTMLFormElement} form @param {string[]} names @param {Reading} reading */
function review(form, names, { answers, errors }) {
  const list = form.querySelector(".review dl");
  if (list) list.textContent = "";
  const kept = new Map(Object.entries(answers));
  for (const name of names) {
    const question = /** @type {HTMLElement} */ (document.getElementById(`q-${name}`));
    const row = copy("row");
    const [term, answer] = row.querySelectorAll("dt, dd");
    const button = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
    const title = titleOf(question);
    const isKept = kept.has(name);
    term.append(title);
    answer.append(isKept ? inWords(question, kept.get(name)) : errors.get(name) || say("unanswered"));
    answer.classList.toggle("soft", !isKept);
    button.lastElementChild?.append(`: ${title}`);
    button.value = name;
    list?.append(row);
  }
  const about = form.querySelector("section.about");
  if (about) list?.after(about);
  if (document.getElementById("hear") && !form.querySelector("[data-go=hear]")) list?.after(copy("hear"));
}

/** @param {HTMLElement} question @returns {string} */
export const titleOf = (question) => question.querySelector("legend")?.lastChild?.textContent?.trim() || "";

/**
 * An answer as it will be stored, in the words that were chosen. A day is told as it is asked for.
 * @param {HTMLElement} question @param {any} value
 */
function inWords(question, value) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (question.querySelectorAll("input, textarea"));
  const chosen = [...fields].flatMap((field) => {
    const row = field.name.split(".")[1];
    const given = value === null ? "_declined" : row ? value[row] : value;
    if (!field.labels?.length || ![given].flat().map(String).includes(field.value)) return [];
    const title = field.closest(".row")?.querySelector("legend")?.textContent?.trim();
    const words = field.labels[0].textContent?.trim() || "";
    return [title ? `${title}: ${words}` : words];
  });
  if (chosen.length) return chosen.join("; ");
  return question.matches(".date") ? value.split("-").reverse().join("-") : String(value);
}
