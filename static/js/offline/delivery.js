/**
 * From the form to the server: sealed, kept, sent, and forgotten only against a receipt.
 * @typedef {{token: string, survey_version: number | string, language: string, stamp: string,
 *   kid?: number | string | null, key?: string | null}} Envelope what the page says beside the answers
 * @typedef {import("./outbox.js").Row} Row
 * @typedef {{id?: string, status: string, number?: string, problem?: any}} Receipt
 */
import { mondayOf, todayInIndia } from "./calendar.js";
import { dropDraft } from "./drafts.js";
import { fetchWithLimit } from "./posting.js";
import { Failure, events, outbox } from "./outbox.js";
import { info, numberOf, padded, randomBytes, seal, toBase64url } from "./seal.js";

export { events };

/** Rows that this page kept or showed, not yet answered: if storage is wiped under us they are put back. */
const ours = /** @type {Map<string, Row>} */ (new Map());
const unsent = /** @type {Map<string, Record<string, any>>} */ (new Map());
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("samvad") : null;

/** What was said last of each answer, also of what was sent before anybody asked for it. */
export const last = /** @type {Map<string, Record<string, any>>} */ (new Map());

/** @param {Record<string, any>} detail */
function tell(detail) {
  last.set(detail.id, detail);
  events.dispatchEvent(new CustomEvent("change", { detail }));
}

/**
 * Tell this page and the other tabs.
 * @param {Record<string, any>} detail
 */
function announce(detail) {
  tell(detail);
  channel?.postMessage(detail);
}

/**
 * Why nothing can be written here; null if it can.
 * @returns {Promise<null | "no-database" | "full">}
 */
export function probe() {
  // As large as an answer with much text.
  const large = outbox.setOwn("probe", "x".repeat(16384));
  return large.then(() => outbox.setOwn("probe", "")).then(() => null, ({ code }) => code);
}

/**
 * Seal the answers and keep them; resolves once they are on the disk, and rejects with a Failure if they are not.
 * @param {Envelope} envelope
 * @param {Record<string, any>} answers
 * @returns {Promise<{id: string}>}
 */
export async function keep(envelope, answers) {
  const row = await compose(envelope, answers);
  await outbox.add(row);
  return take(row);
}

/**
 * From now on the row is sent by itself.
 * @param {Row} row that is on the disk
 */
export function take(row) {
  const { id } = row;
  ours.set(id, row);
  announce({ id, state: "waiting" });
  navigator.storage?.persist?.().catch(() => {});
  flush(true);
  return { id };
}

/**
 * Send without keeping, where nothing can be kept. Calling it again with the same answers repeats the same item,
 * so that they count once. Rejects with a Failure `network` or `busy`.
 * @param {Envelope} envelope
 * @param {Record<string, any>} answers
 * @returns {Promise<Receipt>}
 */
export async function sendNow(envelope, answers) {
  const same = JSON.stringify([envelope, answers]);
  const item = unsent.get(same) || (await fill(envelope, answers));
  unsent.set(same, item);
  const receipt = (await post([item])).get(item.id);
  if (!receipt) {
    throw new Failure("network");
  }
  if (isStored(receipt)) {
    unsent.delete(same);
  }
  return receipt;
}

/**
 * What waits and what was refused.
 * @returns {Promise<Row[]>}
 */
export async function list() {
  const rows = await outbox.rows();
  for (const row of rows) if (row.state === "waiting") ours.set(row.id, row);
  return rows;
}

/**
 * Give up an answer for good.
 * @param {string} id
 */
export async function discard(id) {
  ours.delete(id);
  await outbox.remove([id]);
  announce({ id, state: "discarded" });
}

/**
 * A batch as the server takes it, sealed as it is; of everything here without an id.
 * @param {string} [id]
 */
export async function asFile(id) {
  const rows = (await list()).filter((row) => id === undefined || row.id === id);
  return new Blob([JSON.stringify({ responses: rows.map((row) => row.item) })], { type: "application/json" });
}

/**
 * Leave nothing of a code on this phone but what waits to be sent.
 * @param {string} token
 */
export async function wipe(token) {
  await Promise.all([dropDraft(token), forgetPages(token)]);
}

/** @param {string} token */
export async function forgetPages(token) {
  if (!globalThis.caches) {
    return;
  }
  const pages = await caches.open("samvad-pages");
  const kept = await pages.keys();
  await Promise.all(kept.filter((page) => page.url.includes(token.toLowerCase())).map((page) => pages.delete(page)));
}

/** @type {Promise<boolean> | null} */
let running = null;
let again = false;
let isOffline = false;
let pauses = 0;
let notBefore = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Send what waits. One tab does it at a time. Never rejects; what could not be sent is tried again by itself.
 * @param {boolean} [isNew] there is a row that an attempt under way may not have seen
 * @returns {Promise<boolean>} whether there was no network
 */
export function flush(isNew = false) {
  again = again || isNew;
  running = running || sendAll();
  return running;
}

async function sendAll() {
  isOffline = false;
  try {
    do {
      again = false;
      await (navigator.locks
        ? navigator.locks.request("samvad-flush", { ifAvailable: true }, async (lock) => {
            // Another tab sends. It may have looked before our row was there.
            if (lock) await drain();
            else if (ours.size) pause();
          })
        : drain());
    } while (again);
  } catch {
    pause();
  } finally {
    running = null;
  }
  return isOffline;
}

/**
 * Full jitter: a thousand phones that fail together shall not come back together.
 * @param {number} [asked] seconds
 */
function pause(asked = 0) {
  const longest = Math.min(900, 2 ** ++pauses);
  const pause = 1000 * (Math.min(asked, 3600) + Math.random() * longest) + 200;
  clearTimeout(timer);
  timer = setTimeout(() => flush(), pause);
  notBefore = asked ? performance.now() + pause : 0;
}

async function drain() {
  const put_off = new Set();
  for (let most = 100; performance.now() >= notBefore; ) {
    const batch = firstBatch(await outbox.rows(), put_off, most);
    if (!batch.length) {
      if (put_off.size) return pause();
      pauses = 0;
      return clearTimeout(timer);
    }
    let receipts;
    try {
      receipts = await post(batch.map((row) => row.item));
    } catch (error) {
      const { code, problem, wait } = /** @type {Failure} */ (error);
      if (code !== "refused") {
        isOffline = code === "network";
        return pause(wait);
      }
      if (batch.length > 1) {
        most = Math.ceil(batch.length / 2);
        continue;
      }
      receipts = new Map([[batch[0].id, { status: "rejected", problem }]]);
    }
    await settle(batch, receipts, put_off);
  }
}

/**
 * @param {Row[]} rows @param {Set<string>} put_off @param {number} most
 * @returns {Row[]} at least one if any waits
 */
function firstBatch(rows, put_off, most) {
  const mostBytes = 45000;
  let size = 0;
  const batch = [];
  for (const row of rows) {
    if (row.state === "waiting" && !put_off.has(row.id)) {
      size += JSON.stringify(row.item).length + 1;
      if (batch.length && (size > mostBytes || batch.length >= most)) {
        break;
      }
      batch.push(row);
    }
  }
  return batch;
}

/**
 * Forget what is stored, mark what is refused; what has no receipt stays.
 * @param {Row[]} batch @param {Map<string, Receipt>} receipts @param {Set<string>} put_off
 */
async function settle(batch, receipts, put_off) {
  const ids = batch.map(({ id }) => id);
  await outbox.remove(ids.filter((id) => isStored(receipts.get(id))));
  for (const row of batch) {
    const { id, item } = row;
    const receipt = receipts.get(id);
    const { status, number, problem } = receipt || {};
    if (isStored(receipt)) {
      ours.delete(id);
      announce({ id, state: "sent", number, device: item.device });
      // A tablet needs its page for the next citizen.
      await (item.device ? null : forgetPages(item.token));
    } else if (status === "rejected") {
      ours.delete(id);
      await outbox.put({ ...row, state: "refused", problem });
      announce({ id, state: "refused", problem });
    } else {
      put_off.add(id);
    }
  }
}

/** @param {Receipt} [receipt] */
const isStored = (receipt) => receipt?.status === "stored" || receipt?.status === "duplicate";

/**
 * @param {Record<string, any>[]} items
 * @returns {Promise<Map<string, Receipt>>} rejects with a Failure `network`, `busy` or, for good, `refused`
 */
async function post(items) {
  const body = JSON.stringify({ responses: items });
  try {
    // What is small enough may outlive the page.
    const answer = await fetchWithLimit("/api/v1/responses", body, body.length < 60000);
    // A proxy that is overloaded answers with a page of its own.
    const document = await answer.json().catch(() => ({}));
    if (answer.ok) {
      // What is shown is each answer's own number, whatever the server says: it could give two people the same.
      const own = await Promise.all(items.map(numberOf));
      return new Map(items.map(({ id }, at) => [id, Object.assign(document.receipts[at], own[at])]));
    }
    const final = [400, 413, 422].includes(answer.status) && document.code;
    throw new Failure(final ? "refused" : "busy", document, Number(answer.headers.get("Retry-After")) || 0);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure("network");
  }
}

/**
 * @param {Envelope} envelope @param {Record<string, any>} answers @param {{device: string, sequence: number}} [own]
 * @returns {Promise<Row>} rejects with a Failure if it could not be sealed
 */
export async function compose(envelope, answers, own) {
  if (!envelope.key) throw new Failure("no-key");
  const item = await fill(envelope, answers, own);
  return { id: item.id, item, state: "waiting" };
}

/**
 * @param {Envelope} envelope @param {Record<string, any>} answers @param {{device: string, sequence: number}} [own]
 * @returns {Promise<Record<string, any>>}
 */
async function fill({ token, survey_version, language, stamp, kid, key }, answers, own) {
  const sealing = key && crypto.subtle;
  const clear = {
    v: 2,
    id: randomId(),
    receipt: toBase64url(randomBytes(16)),
    token,
    survey_version: Number(survey_version),
    language,
    stamp,
    kid: sealing ? Number(kid) : null,
    // None if this device's clock is out of all calendars.
    week: mondayOf(todayInIndia()) || undefined,
    ...own,
  };
  return { ...clear, body: sealing ? await seal(key, await info(clear), padded(answers)) : answers };
}

/** A version 4 UUID; crypto.randomUUID is too young. */
function randomId() {
  const digits = [...randomBytes(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-8$4-");
}

/** Storage was wiped under this page: what it kept itself is put back, and the page says what happened. */
async function restore() {
  const rows = [...ours.values()];
  const state = await Promise.all(rows.map((row) => outbox.put(row))).then(() => "waiting", () => "lost");
  for (const { id } of rows) announce({ id, state });
  flush(true);
}

channel?.addEventListener("message", ({ data }) => {
  if (data.state !== "waiting") {
    ours.delete(data.id);
  }
  tell(data);
});
events.addEventListener("wiped", restore);
events.addEventListener("closed", () => flush());
addEventListener("online", () => flush());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
flush();
