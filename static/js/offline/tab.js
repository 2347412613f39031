/**
 * What one tab has answered so far, so that a reload, Back or a phone short of memory loses nothing. The answers lie
 * encrypted in the database; their key lies in the tab's session storage, which goes when the tab is closed. Either
 * half without the other is worth nothing. A tab's name beside its key keeps two tabs of one code apart.
 */
import { read, tabName, write } from "./outbox.js";
import { decrypt, encrypt, fromBase64url, randomBytes, toBase64url } from "./seal.js";

const LONGEST = 30;
const SHORT = 10;

/** Nothing finer than a minute is written beside what is kept. */
const minute = () => Math.floor(Date.now() / 60000);
/**
 * Where a clock was set back, what was written then is as of now.
 * @param {{at: number}} row @returns {number} minutes
 */
const age = ({ at }) => Math.max(0, minute() - at);
/** @param {string} id */
const lockOf = (id) => `samvad-tab ${id}`;

/** @type {Promise<{id: string, key: CryptoKey}> | null} */
let own = null;

/**
 * For how many minutes what was kept may come back into the page that was opened just now: 0 unless the reader never
 * left this tab. A tab that is opened again after it was closed comes as one that came Back, with its session storage.
 * Chromium can tell them apart, since it says of the latter why it had to load it, or which page of ours was before.
 */
export function patience() {
  const [entry] = /** @type {any[]} */ (performance.getEntriesByType("navigation"));
  const { wasDiscarded } = /** @type {any} */ (document);
  if (wasDiscarded || entry?.type === "reload") return LONGEST;
  if (entry?.type !== "back_forward") return 0;
  const { navigation } = /** @type {any} */ (window);
  if (entry.notRestoredReasons || navigation?.activation?.from) return LONGEST;
  return "notRestoredReasons" in entry ? 0 : SHORT;
}

/** @type {Map<string, Promise<boolean>>} */
const claims = new Map();

/** @param {string} id */
function claim(id) {
  const known = claims.get(id) || lock(id);
  claims.set(id, known);
  return known;
}

/**
 * Whether no other page has this name, as a duplicated tab has. The page before a reload may take a moment to go.
 * @param {string} id @returns {Promise<boolean>}
 */
function lock(id) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 1500);
  return new Promise((resolve) => {
    if (!navigator.locks) return resolve(true);
    const held = () => new Promise(() => resolve(true));
    navigator.locks.request(lockOf(id), { signal: stop.signal }, held).catch(() => resolve(false));
  });
}

/** @param {BufferSource} bytes */
const importKey = (bytes) => crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);

async function name() {
  const bytes = randomBytes(32);
  const id = toBase64url(randomBytes(12));
  const key = await importKey(bytes);
  sessionStorage.setItem("tab", id);
  sessionStorage.setItem("key", toBase64url(bytes));
  claim(id);
  return { id, key };
}

/** Rejects where nothing can be kept. */
export async function tryOut() {
  sessionStorage.getItem("key");
  await crypto.subtle.digest("SHA-256", new Uint8Array());
  await read(() => {});
}

/**
 * Keeps it in the place of what was kept before. Rejects if it is not on the disk.
 * @param {unknown} value
 */
export async function save(value) {
  own = own || name();
  const mine = own;
  const { id, key } = await mine;
  const locked = await encrypt(key, value);
  // It may have been dropped meanwhile.
  if (own === mine) await write((store) => void store("tabs").put({ id, at: minute(), ...locked }));
}

/**
 * What was kept in this tab, if it may come back; else both halves are deleted, and nothing is read.
 * @returns {Promise<any>}
 */
export async function load() {
  const id = tabName();
  if (!id) return null;
  const limit = patience();
  if (!(await claim(id))) {
    forgetKey();
    return null;
  }
  const row = await read((store) => store("tabs").get(id));
  try {
    if (!limit || age(row) > limit) throw row;
    const key = await importKey(fromBase64url(sessionStorage.getItem("key") || ""));
    const value = await decrypt(key, row);
    own = Promise.resolve({ id, key });
    return value;
  } catch {
    await drop();
    return null;
  }
}

function forgetKey() {
  own = null;
  for (const item of ["key", "tab"]) sessionStorage.removeItem(item);
}

/** Deletes both halves; the key at once. */
export async function drop() {
  const id = tabName();
  forgetKey();
  await write((store) => void store("tabs").delete(id));
}

/** Deletes what other tabs left behind when they were killed, and of this one what has lost its key. */
export async function sweep() {
  if (!(await read((store) => store("tabs").count()))) return;
  const locks = await navigator.locks?.query();
  const open = new Set(locks?.held?.map((lock) => lock.name));
  const mine = sessionStorage.getItem("key") ? "" : tabName();
  await write((store) => {
    const rows = store("tabs").getAll();
    rows.onsuccess = () => {
      for (const row of rows.result) {
        if (row.id === mine || (age(row) > LONGEST && !open.has(lockOf(row.id)))) store("tabs").delete(row.id);
        else if (row.at > minute()) store("tabs").put({ ...row, at: minute() });
      }
    };
  });
}
