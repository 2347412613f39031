/**
 * What a page shows only once its first question can be answered: templates and sentences, in an answer of their own.
 * The page of an enrolled device has them from the beginning.
 */
import { say, soon, tell, walk } from "./walk.js";

/** @type {Map<string, Promise<string>>} */
const texts = new Map();

/** @param {string} address */
async function fetched(address) {
  const answer = await soon(fetch(address));
  if (!answer.ok) throw new Error(address);
  return answer.text();
}

/** Puts them into the page, once. Rejects if they cannot be had. */
export async function bring() {
  const page = document.getElementById("content");
  const address = page?.dataset.parts?.split(" ")[0];
  if (!page || !address) return;
  const text = texts.get(address) || fetched(address);
  texts.set(address, text);
  text.catch(() => texts.delete(address));
  const parts = new DOMParser().parseFromString(await text, "text/html").querySelectorAll("template");
  // Who asked twice, or has turned to the other language meanwhile, gets them once.
  if (!page.querySelector("#later-words")) page.append(...parts);
}

/**
 * Says above the page why something cannot be heard.
 * @param {string} word
 */
export async function explain(word) {
  await bring().catch(() => {});
  if (walk.session) return tell(say(word));
  const line = document.createElement("p");
  line.className = "notice warning unheard";
  line.setAttribute("role", "status");
  line.append(say(word));
  document.getElementById("content")?.prepend(line);
  scrollTo(0, 0);
}
