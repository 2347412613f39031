/**
 * The question aloud, on tap: the department's own recording where there is one, else the phone's own voice, if
 * it has one for the language. The button is there only if something can be heard.
 */
import { titleOf } from "./answer-form.js";
import { say, tell, walk } from "./walk.js";

/** @type {SpeechSynthesis | undefined} */
const speech = window.speechSynthesis;
/** @type {HTMLAudioElement | null} */
let playing = null;

const question = () => document.getElementById(`q-${walk.here}`);

/** @returns {SpeechSynthesisVoice | undefined} */
function voice() {
  return speech?.getVoices().find(({ lang }) => lang.slice(0, 2) === walk.form.dataset.language);
}

function hush() {
  if (playing) playing.pause();
  playing = null;
  speech?.cancel();
}

function offer() {
  hush();
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-go=read-aloud]"));
  const asked = question();
  if (button) button.hidden = !asked || !(asked.dataset.audio || voice());
}

/**
 * What a reader would read out: the question, then its answers.
 * @param {HTMLElement} asked
 */
function words(asked) {
  const choices = [...asked.querySelectorAll(".row legend, .option b")].map((part) => part.textContent);
  return [titleOf(asked), ...new Set(choices)].join("\n");
}

/** Begins, or stops what was begun. */
export function readAloud() {
  const asked = question();
  const speaking = playing || speech?.speaking;
  hush();
  if (!asked || speaking) return;
  if (asked.dataset.audio) {
    playing = new Audio(asked.dataset.audio);
    playing.addEventListener("ended", hush);
    // A recording that was stopped is none that cannot be had.
    playing.play().catch(({ name }) => name === "AbortError" || speak(asked));
  } else speak(asked);
}

/** @param {HTMLElement} asked */
function speak(asked) {
  hush();
  const own = voice();
  if (!own) return tell(say("silent"));
  const said = new SpeechSynthesisUtterance(words(asked));
  said.voice = own;
  said.lang = own.lang;
  speech?.speak(said);
}

/** Called again for a page in another language. */
export const prepare = offer;

document.addEventListener("samvad:step", offer);
addEventListener("pagehide", hush);
// Some browsers find their voices late.
speech?.addEventListener?.("voiceschanged", offer);
