/**
 * What a small screen leaves out. The style sheet keeps a share of the height for the code; while the words beside it
 * want more than the rest, the least important go. Place, code and 112 always stay.
 */

const parts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-spare]")]);
parts.sort((one, other) => Number(one.dataset.spare) - Number(other.dataset.spare));

export function fit() {
  for (const part of parts) part.classList.remove("spared");
  for (const part of parts) {
    if (document.documentElement.scrollHeight <= innerHeight) return;
    part.classList.add("spared");
  }
}
