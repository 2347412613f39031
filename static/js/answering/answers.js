// Which questions are asked and which answers hold, exactly as app/domain/responses/answers.py and canonical_answers.py say.
import { compileCondition, namesIn, toNumber, toText, TODAY, whole } from "./expressions.js";
import { toDays } from "../offline/calendar.js";

const MAX_TEXT = 2000;
const REQUIRED = "required";
const CONSTRAINT = "constraint";
export const EXCLUSIVE = "exclusive";

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: what shall not be kept
const UNSAFE =
  /[\0-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\p{Cs}\p{NChar}\u{e0000}-\u{e0fff}]/gu;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/**
 * The text in NFC with \n as line end, without what cannot be seen or turns the direction of writing.
 * @param {string} text
 */
export function cleanText(text) {
  const seen = text.replace(/\r\n|[\r\v\f\u2028\u2029]/g, "\n").replace(UNSAFE, "");
  return seen.trim().normalize("NFC").replace(/(\p{M}{8})\p{M}+/gu, "$1");
}

/** @param {string} text */
export const cleanLine = (text) => cleanText(text).replace(/\s+/g, " ").trim();

/** @type {(question: string, rule: string) => Broken} */
export const broken = (question, rule) => ({ question, code: `answer.${rule}` });

/** @param {Named} list */
const namesOf = (list) => list.map(({ name }) => name);

/** @type {(raw: any) => raw is string} */
const isText = (raw) => typeof raw === "string";
/** @type {(raw: any) => boolean} */
const isWhole = (raw) => Number.isInteger(raw) && Math.abs(raw) < 1e15;
/** @type {(raw: any) => boolean} */
const isFace = (raw) => [1, 2, 3, 4, 5].includes(raw);

/** @type {(raw: any, clean: (text: string) => string) => Form} */
function written(raw, clean) {
  if (!isText(raw)) {
    return [null, "not_text"];
  }
  // A letter takes two units at most; more than this is too long, however it is cleaned.
  const letters = [...raw.slice(0, 8 * MAX_TEXT + 2)];
  const text = clean(letters.slice(0, 4 * MAX_TEXT).join(""));
  const kept = [...text];
  return letters.length > 4 * MAX_TEXT || kept.length > MAX_TEXT
    ? [clean(kept.slice(0, MAX_TEXT).join("")) || null, "too_long"]
    : [text || null];
}

/** @type {Record<string, (raw: any, question: Question) => Form>} */
const FORMS = {
  select_one: (raw, { choices }) =>
    raw === "" ? [null] : namesOf(choices).includes(raw) ? [raw] : [null, "unknown_choice"],
  select_multiple(raw, { choices }) {
    const given = Array.isArray(raw) ? raw : [null];
    const chosen = namesOf(choices).filter((name) => given.includes(name));
    const kept = chosen.length && given.every(isText) ? chosen : null;
    return given.every((name) => chosen.includes(name)) ? [kept] : [kept, "unknown_choice"];
  },
  scale: (raw) => (isFace(raw) ? [raw] : [null, "not_on_scale"]),
  grid(raw, { rows }) {
    const given = Object.entries(raw && typeof raw === "object" && !Array.isArray(raw) ? raw : { "": 0 });
    const kept = namesOf(rows).flatMap((row) => given.filter(([name, face]) => name === row && isFace(face)));
    const fits = given.every(([name, face]) => namesOf(rows).includes(name) && (face === null || isFace(face)));
    const value = kept.length ? Object.fromEntries(kept) : null;
    return fits ? [value] : [value, "not_on_scale"];
  },
  integer: (raw) => (isWhole(raw) ? [raw] : [null, "not_whole"]),
  decimal(raw) {
    const text = isWhole(raw) ? `${raw}` : raw;
    return isText(text) && /^(?:[+-]?\d{1,15}(?:\.\d{0,10})?)?$/.test(text)
      ? [text ? toText(toNumber(text.replace("+", ""))) : null]
      : [null, "not_decimal"];
  },
  date: (raw) => (raw === "" ? [null] : isText(raw) && toDays(raw) !== null ? [raw] : [null, "not_a_date"]),
  text: (raw) => written(raw, cleanLine),
  long_text: (raw) => written(raw, cleanText),
  acknowledge: (raw) => (typeof raw === "boolean" ? [raw || null] : [null, "not_confirmed"]),
};

/** @type {(question: Question, raw: any) => Form} */
export const canonicalForm = (question, raw) => FORMS[question.type](raw, question);

/** @param {Question} question */
const takesAnswer = ({ type }) => type !== "note";

/**
 * The questions that take an answer.
 * @param {Rules} rules
 */
export function answerable({ pages }) {
  return pages.flatMap(({ questions }) => questions).filter(takesAnswer);
}

/** @type {(page: {relevant: Tree | null}, question: Question) => Tree} */
const conditionOf = (page, question) => ["and", ...[page.relevant, question.relevant].filter(Boolean)];

/**
 * The questions, each after those that its relevance depends on.
 * @param {Rules} rules
 */
function inOrderOfNeed(rules) {
  /** @type {Map<string, Question & {tree: Tree}>} */
  const waiting = new Map();
  for (const page of rules.pages) {
    for (const question of page.questions.filter(takesAnswer)) {
      waiting.set(question.name, { ...question, tree: conditionOf(page, question) });
    }
  }
  /** @type {(Question & {isRelevant: (scope: Scope) => boolean})[]} */
  const ordered = [];
  /** @param {string} name */
  const place = (name) => {
    const question = waiting.get(name);
    if (question) {
      waiting.delete(name);
      namesIn(question.tree).sort().forEach(place);
      ordered.push({ ...question, isRelevant: compileCondition(question.tree, name) });
    }
  };
  [...waiting.keys()].forEach(place);
  return ordered;
}

// Puts an answer where expressions look.
/** @type {(scope: Scope, question: Question, value: any) => void} */
function publish(scope, { name, type }, value) {
  if (type === "grid") {
    for (const row of Object.keys(value)) scope.set(`${name}.${row}`, whole(value[row]));
  } else if (Array.isArray(value)) {
    scope.set(name, value.join(" "));
  } else if (isText(value)) {
    scope.set(name, type === "decimal" ? toNumber(value) : value);
  } else {
    scope.set(name, value === true ? "OK" : whole(value));
  }
}

/**
 * The function that names the rules that an answer, or its absence, breaks once all are known: conditions may look
 * forward.
 * @param {Question} question
 * @returns {(scope: Scope, value: any, isMissing: boolean) => any[]}
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
    ].filter(Boolean);
  };
}

/** A survey's rules, ready to check answers. */
export class CompiledSurvey {
  /** @param {Rules} rules */
  constructor(rules) {
    /** @private */
    this.steps = inOrderOfNeed(rules);
    /** @private */
    this.rules = answerable(rules).map((question) => ({ ...question, brokenBy: compileRule(question) }));
    /** @private */
    this.told = rules.pages.flatMap((page) =>
      page.questions
        .filter((question) => !takesAnswer(question))
        .map((note) => ({ name: note.name, applies: compileCondition(conditionOf(page, note)) })),
    );
  }

  /**
   * The notes that apply to somebody who gave these answers, which are checked.
   * @param {Answers} answers
   * @param {string} today
   * @returns {string[]}
   */
  notes(answers, today) {
    const given = new Map(Object.entries(answers));
    /** @type {Scope} */
    const scope = new Map([[TODAY, today]]);
    for (const step of this.steps) {
      const value = given.get(step.name) ?? null;
      if (value !== null) publish(scope, step, value);
    }
    return namesOf(this.told.filter(({ applies }) => applies(scope)));
  }

  /**
   * Drop what is not relevant, bring the rest into canonical form and name every broken rule. What is relevant to
   * somebody who gave the answers that are left is `asked`.
   * @param {Answers} answers
   * @param {string} today  the day in India
   */
  check(answers, today) {
    const given = new Map(Object.entries(answers));
    const kept = new Map();
    const missing = new Set();
    /** @type {Set<string>} */
    const asked = new Set();
    /** @type {Broken[]} */
    const found = [];
    /** @type {Scope} */
    const scope = new Map([[TODAY, today]]);
    for (const step of this.steps) {
      const { name } = step;
      const raw = given.get(name);
      if (step.isRelevant(scope)) {
        asked.add(name);
      }
      if (asked.has(name) && raw === null) {
        kept.set(name, null);
      } else if (asked.has(name)) {
        const [value, rule] = raw === undefined ? [null] : canonicalForm(step, raw);
        if (value !== null) {
          kept.set(name, value);
          publish(scope, step, value);
        } else if (!rule) {
          missing.add(name);
        }
        if (rule || (value === null && step.required === true)) {
          found.push(broken(name, rule || REQUIRED));
        }
      }
    }
    for (const { name, constraint_message: words, brokenBy } of this.rules) {
      for (const rule of brokenBy(scope, kept.get(name) ?? null, missing.has(name))) {
        found.push({ ...broken(name, rule), ...(rule === CONSTRAINT && words && { words }) });
      }
    }
    const inOrder = namesOf(this.rules).filter((name) => kept.has(name));
    return {
      answers: /** @type {Answers} */ (Object.fromEntries(inOrder.map((name) => [name, kept.get(name)]))),
      asked,
      broken: found,
    };
  }
}
