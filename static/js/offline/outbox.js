/**
 * What this browser holds: answers waiting to be sent, drafts kept on request, what is half answered in its tabs, and
 * what is its own (an enrolled device, keys). Every write is on the disk when its promise resolves. Nothing awaits inside a transaction.
 * @typedef {{id: string, item: Record<string, any>, state: "waiting" | "refused", problem?: any}} Row
 * @typedef {{device: string, token: string, kind: string, path: string, keys: CryptoKeyPair}} Device
 */

/** "closed": the browser closed the database under us. "wiped": it is another one now, and what was kept is gone. */
export const events = new EventTarget();

/** A refusal that pages put into words. */
export class Failure extends Error {
  /** @param {string} code @param {any} [problem] @param {number} [wait] seconds */
  constructor(code, problem, wait) {
    super(code);
    this.code = code;
    this.problem = problem;
    this.wait = wait;
  }
}

/** @param {any} error */
function failure(error) {
  return error instanceof Failure ? error : new Failure(error?.name === "QuotaExceededError" ? "full" : "no-database");
}

/** @type {Promise<IDBDatabase> | null} */
let opening = null;
/** @type {unknown} */
let mark;

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    // Some browsers never answer; nobody shall wait for that.
    setTimeout(() => reject(new Failure("no-database")), 5000);
    const request = indexedDB.open("samvad", 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) {
        request.result.createObjectStore("outbox", { keyPath: "id" });
        request.result.createObjectStore("drafts", { keyPath: "token" });
        request.result.createObjectStore("own").put(Math.random(), "mark");
      }
      request.result.createObjectStore("tabs", { keyPath: "id" });
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = () => {
        opening = null;
        events.dispatchEvent(new Event("closed"));
      };
      // Somebody deletes it, and waits for us.
      database.onversionchange = () => {
        database.close();
        database.onclose?.(new Event("close"));
      };
      resolve(database);
    };
  });
}

async function openAndCompare() {
  const database = await open();
  const found = await attempt(database, "readonly", (store) => store("own").get("mark"));
  const wiped = mark !== undefined && mark !== found;
  mark = found;
  if (wiped) {
    events.dispatchEvent(new Event("wiped"));
  }
  return database;
}

/**
 * @typedef {(name: string) => IDBObjectStore} Store
 * @typedef {(store: Store) => {result: any} | void} Work
 * @param {IDBDatabase} database @param {IDBTransactionMode} mode @param {Work} work
 * @returns {Promise<any>} once the transaction is complete
 */
function attempt(database, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(["outbox", "drafts", "tabs", "own"], mode, { durability: "strict" });
    transaction.onabort = () => reject(transaction.error);
    const done = work((name) => transaction.objectStore(name));
    transaction.oncomplete = () => resolve(done?.result);
  });
}

/**
 * A connection that was closed under us is opened again, once.
 * @param {IDBTransactionMode} mode @param {Work} work
 */
async function run(mode, work) {
  for (let again = true; ; again = false) {
    try {
      opening = opening || openAndCompare();
      return await attempt(await opening, mode, work);
    } catch (error) {
      const known = failure(error);
      (await opening?.catch(() => null))?.close();
      opening = null;
      if (!again || known.code === "full") {
        throw known;
      }
    }
  }
}

/** @param {Work} work */
export const read = (work) => run("readonly", work);
/** @param {Work} work */
export const write = (work) => run("readwrite", work);

/** @returns {string} by which this tab finds what is half answered in it; empty if nothing is */
export function tabName() {
  try {
    return sessionStorage.getItem("tab") || "";
  } catch {
    return "";
  }
}

/**
 * A browser that is killed has the whole answer or the half, never both.
 * @param {Store} store @param {Row} row
 */
export function keepRow(store, row) {
  store("outbox").put(row);
  store("drafts").delete(row.item.token.toLowerCase());
  store("tabs").delete(tabName());
}

/** What is done with it rejects with a Failure `full` or `no-database` if nothing can be kept. */
export const outbox = {
  /**
   * Keep a row and drop what it was made from.
   * @param {Row} row
   */
  add: (row) => write((store) => keepRow(store, row)),

  /** @param {Row} row */
  put: (row) => write((store) => store("outbox").put(row)),

  /** @returns {Promise<Row[]>} in no order that tells who came first */
  rows: () => read((store) => store("outbox").getAll()),

  /** @param {string[]} ids */
  remove: (ids) => write((store) => void ids.map((id) => store("outbox").delete(id))),

  /** @param {string} name */
  own: (name) => read((store) => store("own").get(name)),

  /** @param {string} name @param {any} value */
  setOwn: (name, value) => write((store) => void store("own").put(value, name)),
};

/** Looks first whether anything can be kept. */
export async function openOutbox() {
  await read(() => {});
  return outbox;
}
