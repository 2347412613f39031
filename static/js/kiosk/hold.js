/** A button that must be held: by finger, mouse or key. A tap in passing, or a child's, does nothing. */

const HOLD_MS = 2000;
const KEYS = [" ", "Enter"];

/** @param {HTMLElement} button @param {() => unknown} done */
export function onHold(button, done) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    button.classList.remove("held");
  };
  const begin = () => {
    if (timer !== undefined) return;
    button.classList.add("held");
    timer = setTimeout(() => {
      stop();
      done();
    }, HOLD_MS);
  };
  button.addEventListener("pointerdown", (event) => event.button === 0 && begin());
  for (const end of ["pointerup", "pointerleave", "pointercancel", "blur", "keyup"]) button.addEventListener(end, stop);
  button.addEventListener("keydown", (event) => {
    if (!KEYS.includes(event.key)) return;
    event.preventDefault();
    begin();
  });
  // A long touch would open the browser's own menu, and end the touch.
  button.addEventListener("contextmenu", (event) => event.preventDefault());
}
