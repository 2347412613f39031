/**
 * What is on the screen aloud, on tap: the department's own recording of a question where there is one, else a voice of
 * the browser. What a person has answered is not among it: that is read on another button, which says before that
 * others can hear it, and by a voice of the phone itself alone, never by one that sends the words away.
 */
import { explain } from "./parts.js";
import { walk } from "./walk.js";

const BLOCKS = "h1,h2,h3,p,li,legend,label,dt,dd,td,button,.button,summary";
/** What was answered, what nobody needs to hear, and what cannot be seen. */
const UNREAD = "[data-told],[data-slot=number],details:not([open])>:not(summary),.sr,[aria-hidden=true],textarea,select";

/** @type {SpeechSynthesis | undefined} */
const speech = window.speechSynthesis;
/** @type {HTMLAudioElement | null} */
let playing = null;
/** Counts what was begun and stopped, so that what was stopped does not go on: it is odd while something is read. */
let turn = 0;

function hush() {
  turn += turn % 2;
  playing?.pause();
  speech?.cancel();
  showState();
}

function showState() {
  document.querySelector("[data-go=read-aloud]")?.setAttribute("aria-pressed", `${turn % 2 > 0}`);
}

/**
 * What can be seen, in its order, by the elements in which it stands.
 * @param {Element} root
 */
function visible(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const blocks = /** @type {Map<Element, string>} */ (new Map());
  while (texts.nextNode()) {
    const parent = /** @type {Element} */ (texts.currentNode.parentElement);
    if (!parent.getClientRects().length || parent.closest(UNREAD)) continue;
    const block = parent.closest(BLOCKS) || parent;
    blocks.set(block, (blocks.get(block) || "") + texts.currentNode.textContent);
  }
  return blocks;
}

/** @param {string} address @returns {Promise<unknown>} false if it cannot be had */
function play(address) {
  return new Promise((resolve) => {
    playing = new Audio(address);
    playing.onended = playing.onpause = resolve;
    // A recording that was stopped is none that cannot be had.
    playing.play().catch(({ name }) => resolve(name === "AbortError"));
  });
}

/** @param {string} text @param {string} language @param {boolean} own @returns {Promise<unknown>} false without a voice */
function speak(text, language, own) {
  const voices = (speech?.getVoices() || []).filter(({ lang }) => lang.slice(0, 2) === language);
  const voice = voices.find(({ localService }) => localService) || (own ? null : voices[0]);
  return new Promise((resolve) => {
    if (!voice) return resolve(false);
    const said = new SpeechSynthesisUtterance(text);
    const over = () => resolve(true);
    Object.assign(said, { voice, lang: voice.lang, onend: over, onerror: over });
    speech?.speak(said);
  });
}

/** Some browsers find their voices late. */
const voicesCome = () => new Promise((resolve) => {
  if (!speech || speech.getVoices().length) return resolve(0);
  speech.addEventListener("voiceschanged", resolve);
  setTimeout(resolve, 1000);
});

/**
 * One after another, until it is stopped.
 * @param {Map<Element, string>} blocks @param {boolean} own by a voice of this phone alone
 */
async function read(blocks, own) {
  const mine = ++turn;
  showState();
  await voicesCome();
  let heard;
  let lost;
  for (const [block, text] of blocks) {
    if (mine !== turn) return;
    const words = text.replace(/\s+/g, " ").trim();
    const recording = block.matches(".question > legend") && block.parentElement?.dataset.audio;
    const { lang } = /** @type {HTMLElement} */ (block.closest("[lang]"));
    if (!words) continue;
    const now = (recording && (await play(recording))) || (mine === turn && (await speak(words, lang, own)));
    heard = heard || now;
    lost = lost || (recording && !now);
  }
  if (mine !== turn) return;
  hush();
  if (lost || !heard) explain(lost ? "silent" : own ? "own-voice" : "voice");
}

/**
 * Begins, or stops what was begun. On an enrolled device the question alone.
 * @param {string} [what] "hear": the answers that stand on the last screen
 */
export function readAloud(what) {
  const isReading = turn % 2;
  clear();
  if (isReading) return;
  if (what === "hear") {
    const rows = [...document.querySelectorAll(".told > div")];
    read(new Map(rows.map((row) => [row, `${row.children[0].textContent}: ${row.children[1].textContent}`])), true);
  } else {
    const root = document.getElementById(walk.session ? `q-${walk.here}` : "content");
    if (root) read(visible(root), false);
  }
}

function clear() {
  hush();
  document.querySelector(".unheard")?.remove();
}

document.addEventListener("samvad:step", clear);
document.addEventListener("samvad:done", hush);
addEventListener("pagehide", hush);
