/**
 * Answers from the fields of the page, as people write them, exactly as app/domain/form_answers.py reads them.
 *
 * A grid's row is the field "grid.row"; the value "_declined" means "rather not say".
 *
 * @typedef {import("./answers.js").Question} Question
 * @typedef {Map<string, string[]>} Fields
 * @typedef {{question: string, code: string, details: Record<string, any>}} FieldError
 */
import { EXCLUSIVE, answerable, canonicalForm, cleanLine } from "./answers.js";
import { strip, toDays } from "./expressions.js";

const DECLINED = "_declined";
const LONGEST_FIGURE = 60;

/** @param {string} text */
function latinDigits(text) {
  return text.replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x966)).replace(/[\u2212\u2013]/g, "-");
}

/** @param {string} value */
function figure(value) {
  const letters = [...value.slice(0, 2 * LONGEST_FIGURE)];
  return latinDigits(cleanLine(letters.slice(0, LONGEST_FIGURE).join("")));
}

/** @param {string} value */
const ungrouped = (value) => figure(value).replace(/[, ]/g, "");

/** @param {string} text */
const face = (text) => (/^[1-5]$/.test(text) ? Number(text) : text);

/** @param {string} text */
function day(text) {
  const yearFirst = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(text);
  const dayFirst = /^(\d\d?)[-./ ](\d\d?)[-./ ](\d{4})$/.exec(text);
  const parts = yearFirst ? yearFirst.slice(1) : dayFirst ? dayFirst.slice(1).reverse() : ["no day"];
  return parts.map((part) => part.padStart(2, "0")).join("-");
}

/**
 * The raw answer in the values that are not blank. What cannot be read is left so that it is refused as an answer.
 * @type {Record<string, (values: string[]) => any>}
 */
const READERS = {
  select_one: ([value]) => strip(value),
  select_multiple: (values) => values.map((value) => strip(value)),
  scale: ([value]) => face(figure(value)) || null,
  integer: ([value]) => (/^[+-]?\d{1,15}$/.test(ungrouped(value)) ? Number(ungrouped(value)) + 0 : value),
  decimal: ([value]) => ungrouped(value).replace(/^\./, "0.") || value,
  date: ([value]) => day(figure(value)),
  text: ([value]) => value,
  long_text: ([value]) => value,
  acknowledge: ([value]) => ["true", "1", "on", "OK"].includes(strip(value)) || value,
};

/**
 * The raw answer to a question; null if its fields are blank.
 * @param {Question} question
 * @param {(field: string) => string[]} written  what is not blank in a field
 */
function read({ name, type, rows }, written) {
  if (type !== "grid") {
    const values = written(name);
    return values.length ? READERS[type](values) : null;
  }
  const given = rows
    .map((row) => [row.name, written(`${name}.${row.name}`)[0] ?? DECLINED])
    .filter(([, value]) => value !== DECLINED)
    .map(([row, value]) => [row, face(latinDigits(strip(value)))]);
  return given.length ? Object.fromEntries(given) : null;
}

/**
 * Read the answers of a form. Whether they are relevant and complete is for `CompiledSurvey.check` to say.
 * @param {import("./answers.js").Rules} rules
 * @param {Fields} fields
 * @returns {{answers: Record<string, any>, errors: FieldError[]}}
 */
export function parseForm(rules, fields) {
  /** @type {[string, any][]} */
  const answers = [];
  /** @type {FieldError[]} */
  const errors = [];
  /** @param {string} field */
  const written = (field) => (fields.get(field) ?? []).filter((value) => strip(value));
  for (const question of answerable(rules)) {
    const { name, type } = question;
    if (written(name).includes(DECLINED)) {
      if (type === "select_multiple" && written(name).length > 1) {
        errors.push({ question: name, code: EXCLUSIVE, details: {} });
      } else {
        answers.push([name, null]);
      }
      continue;
    }
    const raw = read(question, written);
    const [value, code, details = {}] = raw === null ? [null] : canonicalForm(question, raw);
    if (code) {
      errors.push({ question: name, code, details });
    } else if (value !== null) {
      answers.push([name, value]);
    }
  }
  return { answers: Object.fromEntries(answers), errors };
}
