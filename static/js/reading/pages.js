/**
 * Keeping a page on this phone, if its reader asks for it: off until then, since on a shared phone a kept page tells what
 * somebody read. What is kept lies with a worker of its own, `static/js/reading/worker.js`, which is there only then.
 */

const WORKER = "/reading.js";
const WORK_MS = 30000;
const LEAVING_MS = 500;

const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (document.querySelector(`[data-reading=${name}]`));
const own = location.pathname.toLowerCase();
const { language = "hi", list = "" } = part("keep")?.dataset || part("list").dataset;

async function workers() {
  const all = await navigator.serviceWorker.getRegistrations();
  return all.filter(({ active }) => active && new URL(active.scriptURL).pathname === WORKER);
}

/** @param {ServiceWorkerRegistration} registration @returns {Promise<ServiceWorker | null>} once it listens */
async function listening(registration) {
  const rising = registration.installing || registration.waiting;
  if (rising && !registration.active) {
    await new Promise((resolve, reject) => {
      rising.addEventListener("statechange", () => {
        if (rising.state === "activated") resolve(rising);
        if (rising.state === "redundant") reject(rising);
      });
    });
  }
  return registration.active;
}

/** Where results and posts stand, and this page, whose address may be in capitals. */
async function begin() {
  const scopes = new Set(["/r", "/p", location.pathname.slice(0, 2)]);
  const made = [...scopes].map(async (scope) => listening(await navigator.serviceWorker.register(WORKER, { scope, updateViaCache: "none" })));
  return (await Promise.all(made))[0];
}

/**
 * @typedef {{name: string, on: string, text: string}} Page
 * @param {ServiceWorker | null | undefined} worker @param {{keep?: string[], remove?: string}} wish
 * @returns {Promise<Page[] | null>} what is kept then; null if it could not be done
 */
function ask(worker, wish) {
  const { port1, port2 } = new MessageChannel();
  worker?.postMessage(wish, [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, worker ? WORK_MS : 0, null);
  });
}

async function removeAll() {
  await caches.delete("samvad-reading");
  await Promise.all((await workers()).map((registration) => registration.unregister()));
}

/** @param {string} on a day */
function inWords(on) {
  const form = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric" });
  return new Date(`${on}T12:00`).toLocaleDateString(`${language}-IN`, form);
}

/** The page that lists the others is kept with them, and is none of them. */
const others = (/** @type {Page[]} */ pages) => pages.filter(({ name }) => name !== list);

/** @param {Page[]} pages */
function tell(pages) {
  const mine = pages.find(({ name }) => name === own);
  part("keep")?.removeAttribute("hidden");
  part("ask")?.toggleAttribute("hidden", Boolean(mine));
  part("kept")?.toggleAttribute("hidden", !mine);
  const day = part("day");
  if (day && mine) day.textContent = inWords(mine.on);
  part("leave")?.toggleAttribute("hidden", !pages.length);
  part("list")?.toggleAttribute("hidden", !pages.length);
  part("list")?.querySelector("ul")?.replaceChildren(...pages.map(line));
}

/** @param {Page} page */
function line({ name, on, text }) {
  const { title, documentElement } = new DOMParser().parseFromString(text, "text/html");
  const link = Object.assign(document.createElement("a"), { href: name, lang: documentElement.lang });
  link.textContent = title;
  const item = document.createElement("li");
  item.append(link, ` · ${inWords(on)}`);
  return item;
}

const WAYS = /** @type {Record<string, () => Promise<unknown>>} */ ({
  async ask() {
    const address = location.pathname + location.search;
    const pages = await begin().then((worker) => ask(worker, { keep: [address, list] }), () => null);
    part("failed").toggleAttribute("hidden", Boolean(pages));
    if (pages) tell(others(pages));
  },
  async remove() {
    const [registration] = await workers();
    const pages = others((await ask(registration?.active, { remove: own })) || []);
    if (!pages.length) await removeAll();
    tell(pages);
  },
  async all() {
    await removeAll();
    tell([]);
  },
  async leave() {
    // Whoever leaves does not wait.
    await Promise.race([removeAll(), new Promise((resolve) => setTimeout(resolve, LEAVING_MS))]);
    /** @type {HTMLElement | null} */ (document.querySelector(".exit"))?.click();
  },
});

if (navigator.serviceWorker && self.caches) {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-reading]") : null;
    if (button) WAYS[/** @type {HTMLElement} */ (button).dataset.reading || ""]?.();
  });
  workers().then(async ([registration]) => tell(others((await ask(registration?.active, {})) || [])));
}
