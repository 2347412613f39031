// Expressions, evaluated exactly as app/domain/surveys/expressions.py does. A number is an exact decimal, digits and places:
// [125n, 1] is 12.5; null is no number. A date is its text and, as a number, the days since 1970-01-01.
import { toDay, toDays } from "../offline/calendar.js";

export const TODAY = "today()";

const ASCII_BLANK = /[ \t\n\r]/;
// Python's white space; \s differs.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are blanks to Python
const BLANK = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/**
 * The function that evaluates a tree; a dot in it stands for the question `self`.
 * @param {Tree} tree
 * @returns {(scope: Scope) => Value}
 */
export function compileTree([head, ...operands], self = "") {
  const [first] = operands;
  if (head === "str" || head === "num") {
    const value = head === "str" ? first : toNumber(first);
    return () => value;
  }
  const name = new Map([["get", operands.join(".")], ["self", self], ["today", TODAY]]).get(head);
  if (name !== undefined) {
    return (scope) => (scope.has(name) ? /** @type {Value} */ (scope.get(name)) : "");
  }
  if (head === "regex") {
    // A published pattern is deterministic, hence linear.
    const pattern = new RegExp(`^(?:${operands[1][1]})$`, "u");
    const text = compileTree(first, self);
    return (scope) => pattern.test(toText(text(scope)));
  }
  const parts = operands.map((operand) => compileTree(operand, self));
  return (scope) => OPERATORS[head](...parts.map((part) => part(scope)));
}

/**
 * The function that says whether a tree holds.
 * @param {Tree} tree
 * @param {string} [self]
 */
export function compileCondition(tree, self) {
  const evaluate = compileTree(tree, self);
  return (/** @type {Scope} */ scope) => toTruth(evaluate(scope));
}

/**
 * The questions that a tree refers to.
 * @param {Tree} tree
 * @returns {string[]}
 */
export function namesIn([head, ...operands]) {
  return head === "get" ? [operands[0]] : operands.filter(Array.isArray).flatMap(namesIn);
}

/** @param {Value} value */
export function toText(value) {
  if (!Array.isArray(value)) {
    return String(value ?? "NaN");
  }
  let [digits, places] = value;
  while (places && !(digits % 10n)) {
    digits /= 10n;
    places--;
  }
  const text = String(abs(digits)).padStart(places + 1, "0");
  const point = text.length - places;
  return (digits < 0n ? "-" : "") + text.slice(0, point) + (places ? `.${text.slice(point)}` : "");
}

/**
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

/** @type {(number: number) => Decimal} */
export const whole = (number) => [BigInt(number), 0];

/** @param {string} text */
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

/** @param {Value} value */
const toTruth = (value) => (Array.isArray(value) ? value[0] !== 0n : !!value);

/** @param {number} places */
const unit = (places) => 10n ** BigInt(places);

/** @param {bigint} digits */
const abs = (digits) => (digits < 0n ? -digits : digits);

/** @typedef {(...values: any[]) => any} Apply */

/**
 * @param {Apply} apply
 * @param {Value} otherwise  if one of the values is no number
 * @returns {Apply}
 */
function ofNumbers(apply, otherwise = null) {
  return (...values) => {
    const numbers = values.map(toNumber);
    return numbers.includes(null) ? otherwise : apply(...numbers);
  };
}

/**
 * The same for the digits of two numbers at the same places.
 * @param {(a: bigint, b: bigint, places: number) => Value} apply
 * @param {Value} [otherwise]
 */
function ofAligned(apply, otherwise) {
  return ofNumbers(([a, m], [b, n]) => {
    const places = Math.max(m, n);
    return apply(a * unit(places - m), b * unit(places - n), places);
  }, otherwise);
}

/** @type {(apply: Apply) => Apply} */
const ofTexts = (apply) => (...values) => apply(...values.map(toText));

/** @type {Apply} */
function equal(a, b) {
  if (typeof a === "string" && typeof b === "string") {
    return a === b;
  }
  return typeof a === "boolean" || typeof b === "boolean" ? toTruth(a) === toTruth(b) : same(a, b);
}

const same = ofAligned((a, b) => a === b, false);
const less = ofAligned((a, b) => a < b, false);

const divide = ofAligned((a, b) => {
  if (!b) {
    return null;
  }
  const above = abs(a) * unit(20);
  const quotient = above / abs(b);
  const half = 2n * (above % abs(b)) - abs(b);
  const rounded = quotient + (half > 0n || (!half && quotient % 2n) ? 1n : 0n);
  return [a < 0n === b < 0n ? rounded : -rounded, 20];
});

// Half away from zero.
const round = ofNumbers(([digits, places], to) => {
  const most = to ? Number(to[0]) : 0;
  const one = unit(Math.max(0, places - most));
  return places > most ? [(2n * digits + (digits < 0n ? -one : one)) / (2n * one), most] : [digits, places];
});

/** @type {Record<string, Apply>} */
const OPERATORS = {
  and: (...values) => values.every(toTruth),
  or: (...values) => values.some(toTruth),
  not: (value) => !toTruth(value),
  true: () => true,
  false: () => false,
  "=": equal,
  "!=": (a, b) => !equal(a, b),
  "<": less,
  "<=": ofAligned((a, b) => a <= b, false),
  ">": (a, b) => less(b, a),
  ">=": ofAligned((a, b) => a >= b, false),
  "+": ofAligned((a, b, places) => [a + b, places]),
  "-": ofAligned((a, b, places) => [a - b, places]),
  "*": ofNumbers(([a, m], [b, n]) => [a * b, m + n]),
  div: divide,
  mod: ofAligned((a, b, places) => (b ? [a % b, places] : null)),
  neg: ofNumbers(([digits, places]) => [-digits, places]),
  int: ofNumbers(([digits, places]) => [digits / unit(places), 0]),
  round,
  max: ofNumbers((...numbers) => numbers.reduce((a, b) => (less(a, b) ? b : a))),
  min: ofNumbers((...numbers) => numbers.reduce((a, b) => (less(b, a) ? b : a))),
  number: toNumber,
  string: toText,
  boolean: toTruth,
  if: (condition, then, otherwise) => (toTruth(condition) ? then : otherwise),
  coalesce: (...values) => values.find((value) => value !== null && value !== "") ?? "",
  date: ofNumbers(([digits, places]) => {
    const one = unit(places);
    return toDay(Number((digits - (((digits % one) + one) % one)) / one));
  }, ""),
  selected: ofTexts((chosen, name) => chosen.split(" ").includes(strip(name, ASCII_BLANK))),
  "count-selected": ofTexts((chosen) => whole(chosen.split(BLANK).filter(Boolean).length)),
  "string-length": ofTexts((text) => whole([...text].length)),
  contains: ofTexts((text, part) => text.includes(part)),
  "starts-with": ofTexts((text, part) => text.startsWith(part)),
  "ends-with": ofTexts((text, part) => text.endsWith(part)),
  concat: ofTexts((...texts) => texts.join("")),
};
