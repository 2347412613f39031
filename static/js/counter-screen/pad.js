/**
 * The pad: codes that the server made beforehand, one a minute for three days. This browser keeps them and can make
 * none: it has no key, only a secret with which it fetches more.
 * @typedef {{head: string, first: number, tags: Uint8Array, link: string, place: {hi: string, en: string},
 *   spot: string, number: string, ahead: number}} Pad
 */
import { fetchWithLimit } from "../offline/posting.js";
import { openOutbox } from "../offline/outbox.js";
import { fromBase64url, join } from "../offline/seal.js";

const TAG_BYTES = 10;
/** Minutes that have passed are kept for a clock that is set back a little. */
const PASSED = 10;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** @param {number} moment in milliseconds */
export const stepOf = (moment) => Math.floor(moment / 60000);

/**
 * The first step that it has no code for.
 * @param {Pad} pad
 */
export const endOf = (pad) => pad.first + pad.tags.length / TAG_BYTES;

/** @param {Uint8Array} bytes */
function base32(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) || []).map((five) => LETTERS[parseInt(five.padEnd(5, "0"), 2)]).join("");
}

/**
 * What the code of a minute says.
 * @param {Pad} pad @param {number} step @returns {string | null} null if there is none for it
 */
export function codeAt(pad, step) {
  const at = (step - pad.first) * TAG_BYTES;
  if (at < 0 || step >= endOf(pad)) return null;
  const minute = new Uint8Array([step >>> 24, step >>> 16, step >>> 8, step]);
  return pad.link + base32(join(fromBase64url(pad.head), minute, pad.tags.slice(at, at + TAG_BYTES)));
}

/**
 * The old codes and the new ones, or the new ones alone where they do not belong together.
 * @param {Pad | null | undefined} old @param {Pad} told
 * @returns {Pad}
 */
export function together(old, told) {
  if (!old || old.head !== told.head || told.first !== endOf(old)) return told;
  const gone = Math.max(0, Math.min(endOf(old), stepOf(Date.now() + told.ahead) - PASSED) - old.first);
  return { ...told, first: old.first + gone, tags: join(old.tags.slice(gone * TAG_BYTES), told.tags) };
}

/** @returns {Promise<Pad | null>} */
export async function loadPad() {
  return (await (await openOutbox()).own("pad")) || null;
}

/** @param {Pad | null} pad */
export async function savePad(pad) {
  await (await openOutbox()).setOwn("pad", pad);
}

/**
 * Ask for what is lacking.
 * @param {string} secret @param {Pad | null} old
 * @returns {Promise<Pad | "over">} rejects where the server could not be asked
 */
export async function fetchPad(secret, old) {
  const asked = Date.now();
  const held = old && { head: old.head, until: endOf(old) - 1 };
  const answer = await fetchWithLimit("/api/v1/screens/pad", JSON.stringify(held ? { secret, held } : { secret }));
  const told = await answer.json();
  if (answer.status === 403 || answer.status === 410) return "over";
  if (answer.status !== 200) throw new Error(told.code);
  const { server_time, tags, ...rest } = told;
  const ahead = Date.parse(server_time) - (asked + Date.now()) / 2;
  return together(old, { ...rest, tags: fromBase64url(tags), ahead });
}
