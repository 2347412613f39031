/**
 * Looking for a confirmation number in a list, on the phone: what is typed goes into no address and no request. Of a list
 * that comes in parts the one is fetched that holds all numbers with the same first digits.
 */

const DIGITS = 12;
const ZERO = "०".charCodeAt(0);

const search = /** @type {HTMLElement} */ (document.querySelector("[data-search]"));
const numberField = /** @type {HTMLInputElement} */ (search.querySelector("input"));
const { way = "", digits = "0", here = "" } = search.dataset;

/**
 * The digits of what was typed, whatever stands between them.
 * @param {string} typed
 */
function digitsOf(typed) {
  return typed.replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - ZERO)).replace(/\D/g, "");
}

/** @param {Document} page */
function numbersOn(page) {
  const list = page.querySelector("[data-numbers]")?.textContent || "";
  return new Set(list.split("\n").map(digitsOf));
}

/**
 * All numbers of this list that begin so; with nothing, all of them.
 * @param {string} begin
 */
async function numbersBeginning(begin) {
  if (begin === here) return numbersOn(document);
  const response = await fetch(way + begin);
  if (!response.ok) throw new Error(String(response.status));
  return numbersOn(new DOMParser().parseFromString(await response.text(), "text/html"));
}

async function look() {
  const number = digitsOf(numberField.value);
  let outcome = "";
  if (number.length === DIGITS) {
    try {
      const numbers = await numbersBeginning(number.slice(0, Number(digits)));
      outcome = numbers.has(number) ? "found" : "missing";
    } catch {
      outcome = "unreachable";
    }
    // Something else was typed meanwhile.
    if (digitsOf(numberField.value) !== number) return;
  }
  for (const said of /** @type {NodeListOf<HTMLElement>} */ (search.querySelectorAll("[data-said]"))) {
    said.hidden = said.dataset.said !== outcome;
  }
}

search.hidden = false;
numberField.addEventListener("input", look);
