/**
 * Evaluating expressions, exactly as app/domain/expressions.py does: a tree is compiled once to a closure.
 *
 * A value is text, a truth, a number, or null for what is no number. A number is an exact decimal, digits and
 * places: [125n, 1] is 12.5. A date is its text; as a number it is the days since 1970-01-01.
 *
 * @typedef {[bigint, number]} Decimal
 * @typedef {string | boolean | Decimal | null} Value
 * @typedef {Map<string, Value>} Scope  answers by question ("grid.row" for a row), and today's date under TODAY
 * @typedef {any[]} Tree
 */

export const TODAY = "today()";

const DAY = 864e5;
const ASCII_BLANK = /[ \t\n\r]/;
// What Python calls white space; JavaScript's \s differs in a few.
const BLANK = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/**
 * The function that evaluates a tree; a dot in it stands for the question `self`.
 * @param {Tree} tree
 * @param {string} [self]
 * @returns {(scope: Scope) => Value}
 */
export function compileTree([head, ...operands], self = "") {
  if (head === "str" || head === "num") {
    const value = head === "str" ? operands[0] : toNumber(operands[0]);
    return () => value;
  }
  const name = { get: operands.join("."), self, today: TODAY }[head];
  if (name !== undefined) {
    return (scope) => (scope.has(name) ? scope.get(name) : "");
  }
  if (head === "regex") {
    // Every published pattern is deterministic, so this is linear.
    const pattern = new RegExp(`^(?:${operands.pop()[1]})$`, "u");
    const text = compileTree(operands[0], self);
    return (scope) => pattern.test(toText(text(scope)));
  }
  const parts = operands.map((operand) => compileTree(operand, self));
  return (scope) => OPERATORS[head](...parts.map((part) => part(scope)));
}

/**
 * The function that says whether a tree holds.
 * @param {Tree} tree
 * @param {string} [self]
 * @returns {(scope: Scope) => boolean}
 */
export function compileCondition(tree, self) {
  const evaluate = compileTree(tree, self);
  return (scope) => toTruth(evaluate(scope));
}

/**
 * The questions that a tree refers to.
 * @param {Tree} tree
 * @returns {string[]}
 */
export function namesIn([head, ...operands]) {
  return head === "get" ? [operands[0]] : operands.filter(Array.isArray).flatMap(namesIn);
}

/**
 * @param {Value} value
 * @returns {string}
 */
export function toText(value) {
  if (!Array.isArray(value)) {
    return value === null ? "NaN" : String(value);
  }
  const [digits, places] = value;
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, "0");
  let end = text.length;
  while (end > text.length - places && text[end - 1] === "0") {
    end--;
  }
  const point = text.length - places;
  return (digits < 0n ? "-" : "") + text.slice(0, point) + (end > point ? "." + text.slice(point, end) : "");
}

/**
 * The number of a value: text is read as a decimal or as an ISO date, else it is no number.
 * @param {Value} value
 * @returns {Decimal | null}
 */
export function toNumber(value) {
  if (typeof value === "boolean") {
    return whole(+value);
  }
  if (typeof value !== "string") {
    return value;
  }
  const text = strip(value, ASCII_BLANK);
  if (/^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text)) {
    const [before, after = ""] = text.split(".");
    return [BigInt(before + after), after.length];
  }
  const days = toDays(text);
  return days === null ? null : whole(days);
}

/**
 * @param {number} number
 * @returns {Decimal}
 */
export function whole(number) {
  return [BigInt(number), 0];
}

/**
 * The text without blanks at its ends.
 * @param {string} text
 */
export function strip(text, blank = BLANK) {
  let start = 0;
  let end = text.length;
  while (start < end && blank.test(text[start])) {
    start++;
  }
  while (start < end && blank.test(text[end - 1])) {
    end--;
  }
  return text.slice(start, end);
}

/**
 * The days from 1970-01-01 to a day "2026-11-23"; null if there is no such day.
 * @param {string} text
 */
export function toDays(text) {
  const days = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) / DAY : NaN;
  return text && toDay(days) === text ? days : null;
}

/** @param {number} days */
function toDay(days) {
  const inCalendar = days >= -719162 && days <= 2932896; // the years 1 to 9999, as in Python
  return inCalendar ? new Date(days * DAY).toISOString().slice(0, 10) : "";
}

/** The day in India, "2026-11-23". */
export function todayInIndia(now = new Date()) {
  return toDay(Math.floor((now.getTime() + 198e5) / DAY));
}

/**
 * The Monday of a day's week.
 * @param {string} day
 */
export function mondayOf(day) {
  const days = toDays(day) ?? NaN;
  return toDay(days - ((((days + 3) % 7) + 7) % 7));
}

/** @param {Value} value */
function toTruth(value) {
  return Array.isArray(value) ? value[0] !== 0n : Boolean(value);
}

/** @param {number} places */
const unit = (places) => 10n ** BigInt(places);

/**
 * The digits of two numbers at the same number of places, and that number.
 * @param {Decimal} a
 * @param {Decimal} b
 * @returns {[bigint, bigint, number]}
 */
function aligned([a, m], [b, n]) {
  const places = Math.max(m, n);
  return [a * unit(places - m), b * unit(places - n), places];
}

/**
 * @param {Decimal} a
 * @param {Decimal} b
 */
function less(a, b) {
  const [x, y] = aligned(a, b);
  return x < y;
}

/**
 * @param {Decimal} a
 * @param {Decimal} b
 * @returns {Decimal | null}
 */
function divide(a, b) {
  const [x, y] = aligned(a, b);
  if (!y) {
    return null;
  }
  const negative = x < 0n !== y < 0n;
  const [above, below] = [(x < 0n ? -x : x) * unit(20), y < 0n ? -y : y];
  const quotient = above / below;
  const half = 2n * (above % below) - below;
  const rounded = quotient + (half > 0n || (half === 0n && quotient % 2n) ? 1n : 0n);
  return [negative ? -rounded : rounded, 20];
}

/**
 * Half away from zero.
 * @param {Decimal} number
 * @param {Decimal} [to]
 * @returns {Decimal}
 */
function round([digits, places], [to] = [0n, 0]) {
  const kept = Number(to);
  if (places <= kept) {
    return [digits, places];
  }
  const one = unit(places - kept);
  return [(2n * digits + (digits < 0n ? -one : one)) / (2n * one), kept];
}

/** @param {Decimal} number */
function floor([digits, places]) {
  const one = unit(places);
  return Number((digits - (((digits % one) + one) % one)) / one);
}

/**
 * @param {Value} a
 * @param {Value} b
 */
function equal(a, b) {
  if (typeof a === "string" && typeof b === "string") {
    return a === b;
  }
  if (typeof a === "boolean" || typeof b === "boolean") {
    return toTruth(a) === toTruth(b);
  }
  return same(a, b);
}

/** @typedef {(...values: Value[]) => Value} Apply */

/**
 * @param {(...numbers: Decimal[]) => Value} apply
 * @param {Value} otherwise  if one of the values is no number
 * @returns {Apply}
 */
function ofNumbers(apply, otherwise = null) {
  return (...values) => {
    const numbers = values.map(toNumber);
    return numbers.includes(null) ? otherwise : apply(.../** @type {Decimal[]} */ (numbers));
  };
}

/**
 * @param {(...texts: string[]) => Value} apply
 * @returns {Apply}
 */
function ofTexts(apply) {
  return (...values) => apply(...values.map(toText));
}

const same = ofNumbers((a, b) => !less(a, b) && !less(b, a), false);

/** @type {Record<string, Apply>} */
const OPERATORS = {
  and: (...values) => values.every(toTruth),
  or: (...values) => values.some(toTruth),
  not: (value) => !toTruth(value),
  true: () => true,
  false: () => false,
  "=": equal,
  "!=": (a, b) => !equal(a, b),
  "<": ofNumbers(less, false),
  "<=": ofNumbers((a, b) => !less(b, a), false),
  ">": ofNumbers((a, b) => less(b, a), false),
  ">=": ofNumbers((a, b) => !less(a, b), false),
  "+": ofNumbers((a, b) => (([x, y, places]) => [x + y, places])(aligned(a, b))),
  "-": ofNumbers((a, b) => (([x, y, places]) => [x - y, places])(aligned(a, b))),
  "*": ofNumbers(([a, m], [b, n]) => [a * b, m + n]),
  div: ofNumbers(divide),
  mod: ofNumbers((a, b) => (([x, y, places]) => (y ? [x % y, places] : null))(aligned(a, b))),
  neg: ofNumbers(([digits, places]) => [-digits, places]),
  int: ofNumbers(([digits, places]) => [digits / unit(places), 0]),
  round: ofNumbers(round),
  max: ofNumbers((...numbers) => numbers.reduce((a, b) => (less(a, b) ? b : a))),
  min: ofNumbers((...numbers) => numbers.reduce((a, b) => (less(b, a) ? b : a))),
  number: toNumber,
  string: toText,
  boolean: toTruth,
  if: (condition, then, otherwise) => (toTruth(condition) ? then : otherwise),
  coalesce: (...values) => values.find((value) => value !== null && value !== "") ?? "",
  date: ofNumbers((number) => toDay(floor(number)), ""),
  selected: ofTexts((chosen, name) => chosen.split(" ").includes(strip(name, ASCII_BLANK))),
  "count-selected": ofTexts((chosen) => whole(chosen.split(BLANK).filter(Boolean).length)),
  "string-length": ofTexts((text) => whole([...text].length)),
  contains: ofTexts((text, part) => text.includes(part)),
  "starts-with": ofTexts((text, part) => text.startsWith(part)),
  "ends-with": ofTexts((text, part) => text.endsWith(part)),
  concat: ofTexts((...texts) => texts.join("")),
};
