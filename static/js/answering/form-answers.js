// Answers from the fields of the page, as people write them, exactly as app/domain/responses/form_answers.py reads them. A row
// of a grid is the field "grid.row"; the value "_declined" is "rather not say".
import { EXCLUSIVE, answerable, broken, canonicalForm, cleanLine } from "./answers.js";
import { strip } from "./expressions.js";

const DECLINED = "_declined";
// 150,000 and 1,50,000: any other comma or space may be a decimal point, or part two numbers.
const GROUPED = /^[+-]?(?:[1-9]\d{0,2}(?:[, ]\d{3})+|[1-9]\d?(?:[, ]\d\d)+[, ]\d{3})(?:\.\d*)?$/;

/** @param {string} text */
function latinDigits(text) {
  return text.replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x966)).replace(/[\u2212\u2013]/g, "-");
}

/** @param {string} value */
function figure(value) {
  const longest = 60;
  const letters = [...value.slice(0, 2 * longest)];
  return latinDigits(cleanLine(letters.slice(0, longest).join("")));
}

/** @param {string} value */
function number(value) {
  const text = figure(value);
  return GROUPED.test(text) ? text.replace(/[, ]/g, "") : text;
}

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
 * The raw answer in the values that are not blank; what cannot be read is left for `canonicalForm` to refuse.
 * @type {Record<string, (values: string[]) => any>}
 */
const READERS = {
  select_one: ([value]) => strip(value),
  select_multiple: (values) => values.map((value) => strip(value)),
  scale: ([value]) => face(figure(value)) || null,
  integer: ([value]) => (/^[+-]?\d{1,15}$/.test(number(value)) ? Number(number(value)) + 0 : value),
  decimal: ([value]) => number(value).replace(/^\.(?=.)/, "0.") || value,
  date: ([value]) => day(figure(value)),
  text: ([value]) => value,
  long_text: ([value]) => value,
  acknowledge: ([value]) => ["true", "1", "on", "OK"].includes(strip(value)) || value,
};

/**
 * Read the answers of a form. Whether they are relevant and complete is for `CompiledSurvey.check` to say.
 * @param {Rules} rules
 * @param {Map<string, string[]>} fields
 */
export function parseForm(rules, fields) {
  /** @param {string} field */
  const written = (field) => (fields.get(field) ?? []).filter((value) => strip(value));
  /** @type {[string, any][]} */
  const answers = [];
  /** @type {Broken[]} */
  const errors = [];
  for (const question of answerable(rules)) {
    const { name, type, rows } = question;
    const values = written(name);
    const faces = rows
      .map((row) => [row.name, written(`${name}.${row.name}`)[0] ?? DECLINED])
      .filter(([, value]) => value !== DECLINED)
      .map(([row, value]) => [row, face(latinDigits(strip(value)))]);
    if (values.includes(DECLINED)) {
      if (type === "select_multiple" && values.length > 1) {
        errors.push(broken(name, EXCLUSIVE));
      } else {
        answers.push([name, null]);
      }
    } else if (faces.length || (values.length && type !== "grid")) {
      const raw = type === "grid" ? Object.fromEntries(faces) : READERS[type](values);
      const [value, rule] = raw === null ? [null] : canonicalForm(question, raw);
      if (rule) {
        errors.push(broken(name, rule));
      } else if (value !== null) {
        answers.push([name, value]);
      }
    }
  }
  return { answers: /** @type {Record<string, any>} */ (Object.fromEntries(answers)), errors };
}
