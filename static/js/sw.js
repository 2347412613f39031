/**
 * The worker that makes pages open without network. It gives out what it has and never sends an answer by itself:
 * posts, the interface for programs and the office do not pass through it. The server writes `shell` above it and
 * below it `scripts`, all that answering needs, a name and a text in turn.
 */

const worker = /** @type {any} */ (self);
const { version, folder, files } = worker.shell;
const SHELL = `samvad-shell-${version}`;
const PAGES = "samvad-pages";
const PAGE = /^\/([sk]\/[^/]*|c)$/i;
const LASTING = /^\/(static|k\/app|about\/parts)\/|^\/about\/emblem|^\/api\/v1\/surveys\/\d+(\/|$)/;

/**
 * Both spellings of a code are one page, in each language. Nothing else in an address makes it another one.
 * @param {URL} url
 */
const keyOf = (url) => `${url.pathname.toLowerCase()}?lang=${url.searchParams.get("lang") || "hi"}`;

/** @param {Response} answer */
const lifeOf = (answer) => answer.headers.get("Cache-Control") || "";

/**
 * Nothing redirected, refused or private to one person.
 * @param {Response} answer
 */
const mayBeKept = (answer) => answer.status === 200 && !answer.redirected && !/no-store/.test(lifeOf(answer));

async function fill() {
  const shell = await caches.open(SHELL);
  const headers = { "Content-Type": "text/javascript" };
  /** @type {string[]} */
  const parts = worker.scripts.split("\0");
  const puts = parts.map((name, at) => at % 2 || shell.put(folder + name, new Response(parts[at + 1], { headers })));
  await Promise.all([shell.addAll(files), ...puts]);
}

/** The shell before this one stays for the pages that were made for it. */
async function clean() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith("samvad-shell-") && name !== SHELL);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/** Take over from the worker before, unless somebody is answering. A browser without locks waits for its last page. */
async function takeOver() {
  await worker.navigator.locks?.request("samvad-form", { ifAvailable: true }, (/** @type {any} */ lock) => {
    if (lock) worker.skipWaiting();
  });
}

/**
 * Keep a page once all of it has come: what is broken off half way would take away the one that was there before.
 * @param {URL} url
 * @param {Response} answer
 */
async function keepWhole(url, answer) {
  const whole = await answer.blob();
  await (await caches.open(PAGES)).put(keyOf(url), new Response(whole, answer));
}

/** @param {any} event @param {URL} url */
async function freshPage(event, url) {
  const old = await caches.match(keyOf(url), { cacheName: PAGES });
  const patienceMs = 3000;
  const network = fetch(event.request).then(async (answer) => {
    if (mayBeKept(answer) && event.request.cache !== "no-store") event.waitUntil(keepWhole(url, answer.clone()).catch(() => {}));
    // Half of a page is none: where a whole one is kept, the fresh one is given out when all of it has come.
    if (old) await answer.clone().blob();
    return answer;
  });
  if (!old) return network;
  event.waitUntil(network.catch(() => {}));
  // Nobody waits to be told what the phone knows.
  if (!worker.navigator.onLine) return old;
  const late = new Promise((resolve) => setTimeout(resolve, patienceMs, old));
  // 409: a counter screen's code that has changed since. Who opened it in time goes on.
  const isOver = (/** @type {Response} */ { status }) => status > 499 || status === 409;
  return Promise.race([late, network.then((answer) => (isOver(answer) ? old : answer), () => old)]);
}

/**
 * What never changes under its address.
 * @param {Request} request
 */
async function lasting(request) {
  const kept = await caches.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (/immutable/.test(lifeOf(answer)) && mayBeKept(answer) && !request.referrer.includes("/office")) {
    await (await caches.open(SHELL)).put(request.url, answer.clone());
  }
  return answer;
}

/**
 * The page that asks, out of the browser's memory; then its other language, and with it what belongs to both.
 * @param {URL} own @param {URL} other
 */
async function keepPages(own, other) {
  const page = await fetch(own.href, { cache: "force-cache" });
  if (!mayBeKept(page)) return;
  await keepWhole(own, page.clone());
  other.searchParams.set("from", page.headers.get("ETag") || "");
  const answer = await fetch(other.href);
  if (!mayBeKept(answer)) return;
  if (answer.headers.get("Content-Type") !== "application/json") return keepWhole(other, answer);
  const { differs, kept, later: [address, part, toldAddress] = [] } = await answer.json();
  const text = await page.text();
  const [told, toldPart] = retold(part ? `${text}\0${part}` : text, differs).split("\0");
  await keepWhole(other, new Response(told, page));
  const shell = await caches.open(SHELL);
  const texts = Object.keys(kept).map((rules) => [rules, JSON.stringify(kept[rules])]);
  if (part) texts.push([address, part], [toldAddress, toldPart]);
  await Promise.all(texts.map(([name, content]) => shell.put(name, new Response(content))));
}

/**
 * A page in another language, as app/web/public/responses/differences.py tells it.
 * @param {string} page @param {{stays: number[], texts: string}} differs
 */
function retold(page, { stays, texts }) {
  const told = texts.split(">");
  const known = new Map();
  let at = 0;
  return page.replace(/[^<>"]+/g, (part) => {
    if (!stays[at]--) known.set(part, told[at++]);
    return known.has(part) ? known.get(part) : part;
  });
}

/**
 * What a page asks to have without network.
 * @param {string[]} addresses
 */
async function keep(addresses) {
  const urls = addresses.map((address) => new URL(address, worker.location.origin));
  const [own, other] = urls.filter(({ pathname }) => PAGE.test(pathname));
  if (own) await keepPages(own, other);
  await Promise.all(urls.map((url) => PAGE.test(url.pathname) || lasting(new Request(url.href))));
}

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(fill().then(() => worker.registration.active && takeOver()));
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(clean().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const url = new URL(event.request.url);
  // The page with a confirmation belongs to one person.
  if (event.request.method !== "GET" || url.origin !== worker.location.origin || url.searchParams.has("received")) return;
  if (PAGE.test(url.pathname)) event.respondWith(freshPage(event, url));
  else if (LASTING.test(url.pathname)) event.respondWith(lasting(event.request));
});

worker.addEventListener("message", (/** @type {any} */ event) => {
  const { between, pages = [] } = event.data;
  const done = between ? takeOver() : keep(pages).then(() => true, () => false);
  event.waitUntil(done.then((/** @type {any} */ answer) => event.ports[0]?.postMessage(answer)));
});
