/**
 * The worker of those who asked to keep pages: results, posts and polls open without network. It stands beside the one
 * for answering, controls nothing but these pages, and goes with the last of them. `static/js/reading/pages.js` asks it.
 */

const reader = /** @type {any} */ (self);
const READING = "samvad-reading";
const MOST_PAGES = 30;
const MOST_BYTES = 1000000;
const PATIENCE_MS = 3000;
/** Only a page has it, and no part of one: the day on which it was fetched last. Nothing finer is kept. */
const FETCHED_ON = "X-Fetched-On";
const READ = /^\/[rp](\/|$)/i;
/** Scripts, styles and pictures that a page names. */
const PARTS = /(?:\ssrc|<link rel="(?:stylesheet|icon)" href)="(\/[^"]+)"/g;

/** Both spellings of an address are one page, in the language in which it was read last. */
const nameOf = (/** @type {URL} */ url) => url.pathname.toLowerCase();
const isGone = (/** @type {Response} */ { status }) => status === 404 || status === 410;
const shelf = () => caches.open(READING);

/** A day where this phone is. */
function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

/** @param {string} name @param {Response} answer whole, or nothing is kept */
async function put(name, answer) {
  if (answer.status !== 200 || answer.redirected) throw new Error(name);
  const text = await answer.text();
  const headers = new Headers(answer.headers);
  headers.set(FETCHED_ON, today());
  const cache = await shelf();
  await cache.put(name, new Response(dated(text), { headers }));
  await Promise.all(partsOf(text).map(async (part) => (await cache.match(part)) || cache.add(part)));
  await makeRoom();
}

/**
 * As it will be given out: with the line above it that says from when it is, templates/public/reading/unchecked.html.
 * @param {string} text
 */
function dated(text) {
  const [, language = "hi"] = text.match(/<html lang="([a-z]+)"/) || [];
  const day = new Date().toLocaleDateString(`${language}-IN`, { day: "numeric", month: "long", year: "numeric" });
  return text.replace(/(data-reading="unchecked") hidden>([^{]*){day}/, `$1>$2${day}`);
}

/** @param {string} text of a page @returns {string[]} */
const partsOf = (text) => [...text.matchAll(PARTS)].map(([, address]) => address.replace(/&amp;/g, "&"));

/**
 * Every page that is kept, the one fetched last before the others.
 * @returns {Promise<{name: string, on: string, text: string}[]>}
 */
async function kept() {
  const cache = await shelf();
  const found = [...(await cache.keys())].reverse().map(async (request) => {
    const answer = await cache.match(request);
    const on = answer?.headers.get(FETCHED_ON);
    return answer && on ? [{ name: new URL(request.url).pathname, on, text: await answer.text() }] : [];
  });
  return (await Promise.all(found)).flat();
}

/** The oldest go until all fits, and with each page what no other one names. */
async function makeRoom() {
  const cache = await shelf();
  const wanted = new Set();
  let bytes = 0;
  for (const [at, { name, text }] of (await kept()).entries()) {
    const own = [name, ...partsOf(text)].filter((address) => !wanted.has(address));
    const sizes = own.map(async (address) => (await (await cache.match(address))?.blob())?.size || 0);
    bytes += (await Promise.all(sizes)).reduce((one, other) => one + other, 0);
    if (at >= MOST_PAGES || bytes > MOST_BYTES) break;
    for (const address of own) wanted.add(address);
  }
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!wanted.has(pathname + search)) await cache.delete(request);
  }
}

/** @param {string} name */
async function drop(name) {
  await (await shelf()).delete(name);
  await makeRoom();
}

/** @param {any} event @param {URL} url */
async function shown(event, url) {
  const name = nameOf(url);
  const old = await (await shelf()).match(name);
  // Nobody waits to be told what the phone knows.
  if (old && !reader.navigator.onLine) return old;
  const network = fetch(event.request).then((answer) => {
    event.waitUntil(renew(name, answer.clone(), Boolean(old)).catch(() => {}));
    return answer;
  });
  if (!old) return network;
  event.waitUntil(network.catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const isSilent = (/** @type {Response} */ { status }) => status > 499 || status === 429;
  const answer = /** @type {Response | undefined} */ (await Promise.race([late, network.catch(() => {})]));
  return !answer || isSilent(answer) ? old : answer;
}

/**
 * What was taken down leaves this phone, of all that is kept and not of this page alone.
 * @param {string} name @param {Response} answer @param {boolean} isKept
 */
async function renew(name, answer, isKept) {
  if (isGone(answer) && isKept) await drop(name);
  if (answer.status !== 200) return;
  // It may have been removed meanwhile.
  if (isKept && (await (await shelf()).match(name))) await put(name, answer);
  for (const other of await kept()) {
    if (other.name === name) continue;
    const now = await fetch(other.name, { method: "HEAD", cache: "no-store" });
    if (isGone(now)) await drop(other.name);
  }
}

/**
 * @param {{keep?: string[], remove?: string}} wish addresses to keep, an address to remove, or nothing
 * @returns {Promise<{name: string, on: string, text: string}[]>} what is kept then, of each the beginning
 */
async function grant({ keep: addresses = [], remove }) {
  for (const address of addresses) {
    await put(nameOf(new URL(address, reader.location.origin)), await fetch(address, { cache: "no-cache" }));
  }
  if (remove) await drop(remove);
  return (await kept()).map((page) => ({ ...page, text: page.text.slice(0, 2000) }));
}

reader.addEventListener("install", () => reader.skipWaiting());
reader.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== reader.location.origin) return;
  if (request.mode === "navigate") {
    const isPlain = [...url.searchParams.keys()].every((name) => name === "lang");
    if (isPlain && READ.test(url.pathname)) event.respondWith(shown(event, url));
  } else if (request.destination) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((part) => part || fetch(request)));
  }
});
reader.addEventListener("message", (/** @type {any} */ event) => {
  const done = grant(event.data).catch(() => null);
  event.waitUntil(done.then((answer) => event.ports[0]?.postMessage(answer)));
});
