/** Whether somebody is still there: after a minute without a sign they are asked, and twenty seconds later gone. */

const PATIENCE_MS = 60000;
const NOTICE_MS = 20000;
const SIGNS = ["pointerdown", "keydown", "input", "scroll"];

/** @typedef {{ask(): void, gone(): void}} Absence */

/** @type {Absence | null} */
let absence = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let asked = false;
let patience = PATIENCE_MS;
let last = [0, 0];

/** Two clocks, since one stands still while the device sleeps, and the other may be set. */
const clocks = () => [Date.now(), performance.now()];

/** @param {Absence} what happens @param {number} [after] milliseconds without a sign */
export function watch(what, after = PATIENCE_MS) {
  absence = what;
  patience = after;
  stay();
}

/** They are there. */
export function stay() {
  asked = false;
  last = clocks();
  document.querySelector(".veil")?.remove();
  look();
}

/** Nobody is looked for any more. */
export function unwatch() {
  absence = null;
  clearTimeout(timer);
  document.querySelector(".veil")?.remove();
}

function look() {
  clearTimeout(timer);
  if (!absence) return;
  const away = Math.max(...clocks().map((now, which) => now - last[which]));
  if (away >= patience + NOTICE_MS) return absence.gone();
  if (away >= patience && !asked) {
    asked = true;
    absence.ask();
  }
  timer = setTimeout(look, patience + (asked ? NOTICE_MS : 0) - away);
}

for (const sign of SIGNS) {
  // Once asked, only the button is an answer: a sleeve on the screen is none.
  const notice = () => {
    if (!asked) last = clocks();
  };
  document.addEventListener(sign, notice, { capture: true, passive: true });
}
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
