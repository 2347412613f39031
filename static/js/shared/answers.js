/**
 * Which questions are asked and which answers hold, exactly as app/domain/answers.py and answer_forms.py say.
 *
 * @typedef {import("./expressions.js").Tree} Tree
 * @typedef {import("./expressions.js").Scope} Scope
 * @typedef {{name: string, type: string, relevant?: Tree | null, required?: boolean | Tree, constraint?: Tree | null,
 *   constraint_message?: Record<string, string> | null, choices: {name: string}[], exclusive: string[],
 *   rows: {name: string}[]}} Question
 * @typedef {{pages: {relevant?: Tree | null, questions: Question[]}[]}} Rules  what /api/v1/surveys/ID gives
 * @typedef {Record<string, any>} Answers  by question; null is "rather not say"
 * @typedef {{question: string, code: string, details: Record<string, any>, words?: Record<string, string>}} Broken
 * @typedef {[value: any, code?: string, details?: Record<string, any>]} Form  `code` if it is no answer to the
 *   question; then `value` is what can be kept of it. Null is nothing
 */
import { compileCondition, namesIn, toDays, toNumber, toText, TODAY, whole } from "./expressions.js";

const MAX_TEXT = 2000;
const MAX_WHOLE = 1e15;
const REQUIRED = "answer.required";
const CONSTRAINT = "answer.constraint";
export const EXCLUSIVE = "answer.exclusive";

const UNSAFE =
  /[\0-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\p{Cs}\p{NChar}\u{e0000}-\u{e0fff}]/gu;

/**
 * The text in NFC with \n as line end, without what cannot be seen or turns the direction of writing, and with
 * at most eight marks on a letter.
 * @param {string} text
 */
export function cleanText(text) {
  const seen = text.replace(/\r\n|[\r\v\f\u2028\u2029]/g, "\n").replace(UNSAFE, "");
  return seen.trim().normalize("NFC").replace(/(\p{M}{8})\p{M}+/gu, "$1");
}

/**
 * The same on one line.
 * @param {string} text
 */
export function cleanLine(text) {
  return cleanText(text).replace(/\s+/g, " ").trim();
}

/** @param {{name: string}[]} list */
const namesOf = (list) => list.map(({ name }) => name);

/** @param {any} raw */
const isText = (raw) => typeof raw === "string";

/** @param {any} raw */
const isWhole = (raw) => Number.isInteger(raw) && Math.abs(raw) < MAX_WHOLE;

/** @param {any} raw */
const isFace = (raw) => [1, 2, 3, 4, 5].includes(raw);

/**
 * @param {any} raw
 * @param {(text: string) => string} clean
 * @returns {Form}
 */
function written(raw, clean) {
  if (!isText(raw)) {
    return [null, "answer.not_text"];
  }
  // Enough to know whether it is too long; a letter takes two units at most.
  const letters = [...raw.slice(0, 8 * MAX_TEXT + 2)];
  const text = clean(letters.slice(0, 4 * MAX_TEXT).join(""));
  const kept = [...text];
  return letters.length > 4 * MAX_TEXT || kept.length > MAX_TEXT
    ? [clean(kept.slice(0, MAX_TEXT).join("")) || null, "answer.too_long", { most: MAX_TEXT }]
    : [text || null];
}

/** @type {Record<string, (raw: any, question: Question) => Form>} */
const FORMS = {
  select_one: (raw, { choices }) =>
    namesOf(choices).includes(raw) ? [raw] : raw === "" ? [null] : [null, "answer.unknown_choice"],
  select_multiple(raw, { choices }) {
    if (!Array.isArray(raw) || !raw.every(isText)) {
      return [null, "answer.unknown_choice"];
    }
    const chosen = namesOf(choices).filter((name) => raw.includes(name));
    const known = raw.every((name) => chosen.includes(name));
    return [chosen.length ? chosen : null, known ? undefined : "answer.unknown_choice"];
  },
  scale: (raw) => (isFace(raw) ? [raw] : [null, "answer.not_on_scale"]),
  grid(raw, { rows }) {
    if (!raw || typeof raw !== "object" || Array.isArray(raw)) {
      return [null, "answer.not_on_scale"];
    }
    const given = new Map(Object.entries(raw));
    const kept = namesOf(rows).filter((row) => isFace(given.get(row)));
    const known = [...given].every(([row, face]) => kept.includes(row) || (face === null && namesOf(rows).includes(row)));
    return [
      kept.length ? Object.fromEntries(kept.map((row) => [row, given.get(row)])) : null,
      known ? undefined : "answer.not_on_scale",
    ];
  },
  integer: (raw) => (isWhole(raw) ? [raw] : [null, "answer.not_whole"]),
  decimal(raw) {
    if (raw === "" || isWhole(raw)) {
      return [String(raw) || null];
    }
    return isText(raw) && /^[+-]?\d{1,15}(?:\.\d{0,10})?$/.test(raw)
      ? [toText(toNumber(raw.replace("+", "")))]
      : [null, "answer.not_decimal"];
  },
  date: (raw) => (raw === "" ? [null] : isText(raw) && toDays(raw) !== null ? [raw] : [null, "answer.not_a_date"]),
  text: (raw) => written(raw, cleanLine),
  long_text: (raw) => written(raw, cleanText),
  acknowledge: (raw) => (typeof raw === "boolean" ? [raw || null] : [null, "answer.not_confirmed"]),
};

/**
 * The one form in which an answer is kept.
 * @param {Question} question
 * @param {any} raw
 */
export function canonicalForm(question, raw) {
  return FORMS[question.type](raw, question);
}

/**
 * The questions that take an answer.
 * @param {Rules} rules
 */
export function answerable(rules) {
  return rules.pages.flatMap((page) => page.questions).filter(({ type }) => type !== "note");
}

/**
 * The questions, each after those that its relevance depends on.
 * @param {Rules} rules
 */
function inOrderOfNeed(rules) {
  const questions = new Map(answerable(rules).map((question) => [question.name, question]));
  const trees = new Map();
  for (const page of rules.pages) {
    for (const { name, relevant } of page.questions) {
      trees.set(name, ["and", ...[page.relevant, relevant].filter(Boolean)]);
    }
  }
  const ordered = new Map();
  const met = new Set();
  /** @param {string} name */
  const place = (name) => {
    if (questions.has(name) && !met.has(name)) {
      met.add(name);
      namesIn(trees.get(name)).sort().forEach(place);
      ordered.set(name, { ...questions.get(name), isRelevant: compileCondition(trees.get(name), name) });
    }
  };
  [...questions.keys()].forEach(place);
  return [...ordered.values()];
}

/**
 * Put an answer where expressions look.
 * @param {Scope} scope
 * @param {Question} question
 * @param {any} value
 */
function publish(scope, { name, type }, value) {
  if (type === "grid") {
    Object.keys(value).forEach((row) => scope.set(`${name}.${row}`, whole(value[row])));
  } else if (Array.isArray(value)) {
    scope.set(name, value.join(" "));
  } else if (isText(value)) {
    scope.set(name, type === "decimal" ? toNumber(value) : value);
  } else {
    scope.set(name, value === true ? "OK" : whole(value));
  }
}

/**
 * The function that names what an answer, or its absence, breaks once all are known: conditions may look forward.
 * @param {Question} question
 * @returns {(scope: Scope, value: any, isMissing: boolean) => string[]}
 */
function compileRule({ name, required, constraint, exclusive, rows }) {
  const isConditional = Array.isArray(required);
  const isRequired = isConditional ? compileCondition(required, name) : () => required;
  const holds = constraint ? compileCondition(constraint, name) : () => true;
  return (scope, value, isMissing) => {
    if (value === null) {
      return isMissing && isConditional && isRequired(scope) ? [REQUIRED] : [];
    }
    const contradicts = Array.isArray(value) && value.length > 1 && value.some((choice) => exclusive.includes(choice));
    const lacksRows = rows.length > Object.keys(value).length;
    return [
      !holds(scope) && CONSTRAINT,
      contradicts && EXCLUSIVE,
      lacksRows && isRequired(scope) && REQUIRED,
    ].filter(isText);
  };
}

/** A survey's rules, ready to check answers. */
export class CompiledSurvey {
  /** @param {Rules} rules */
  constructor(rules) {
    /** @private */
    this.steps = inOrderOfNeed(rules);
    /** @private */
    this.rules = answerable(rules).map((question) => ({
      name: question.name,
      words: question.constraint_message,
      brokenBy: compileRule(question),
    }));
  }

  /**
   * Drop what is not relevant, bring the rest into canonical form and name every broken rule.
   * @param {Answers} answers
   * @param {string} today  the day in India
   * @returns {{answers: Answers, broken: Broken[], dropped: string[]}}
   */
  check(answers, today) {
    const given = new Map(Object.entries(answers));
    const kept = new Map();
    const missing = new Set();
    const dropped = [];
    /** @type {Broken[]} */
    const broken = [];
    /** @type {Scope} */
    const scope = new Map([[TODAY, today]]);
    for (const step of this.steps) {
      const { name } = step;
      const raw = given.get(name);
      if (!step.isRelevant(scope)) {
        dropped.push(...(given.has(name) ? [name] : []));
      } else if (raw === null) {
        kept.set(name, null);
      } else {
        const [value, code, details = {}] = raw === undefined ? [null] : canonicalForm(step, raw);
        if (value !== null) {
          kept.set(name, value);
          publish(scope, step, value);
        }
        if (code) {
          broken.push({ question: name, code, details });
        } else if (value === null) {
          missing.add(name);
          broken.push(...(step.required === true ? [{ question: name, code: REQUIRED, details: {} }] : []));
        }
      }
      given.delete(name);
    }
    dropped.push(...given.keys());
    for (const { name, words, brokenBy } of this.rules) {
      for (const code of brokenBy(scope, kept.get(name) ?? null, missing.has(name))) {
        broken.push({ question: name, code, details: {}, ...(code === CONSTRAINT && words && { words }) });
      }
    }
    const inOrder = this.rules.filter(({ name }) => kept.has(name)).map(({ name }) => [name, kept.get(name)]);
    return { answers: Object.fromEntries(inOrder), broken, dropped };
  }

  /**
   * The questions that are relevant to somebody who gave these (checked) answers.
   * @param {Answers} answers
   * @param {string} today
   * @returns {Set<string>}
   */
  asked(answers, today) {
    const given = new Map(Object.entries(answers));
    /** @type {Scope} */
    const scope = new Map([[TODAY, today]]);
    const relevant = this.steps.filter((step) => {
      const isRelevant = step.isRelevant(scope);
      const value = given.get(step.name) ?? null;
      if (isRelevant && value !== null) {
        publish(scope, step, value);
      }
      return isRelevant;
    });
    return new Set(relevant.map(({ name }) => name));
  }
}
