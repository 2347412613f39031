/**
 * The one script of a citizen's page. First the way out: the page is emptied at once, its entry in the history
 * is replaced by a neutral page, and whoever presses Back afterwards is led away again. Then, where there is a
 * form to walk through, one question at a time. Without this script the way out is a plain link.
 */

const LEFT = "left";
const SENT = "sent";
const LISTEN = "[data-go=read-aloud]";

/**
 * @param {string} name
 * @returns {boolean}
 */
function isMarked(name) {
  try {
    return sessionStorage.getItem(name) !== null;
  } catch {
    // Storage may be switched off; the way out must work all the same.
    return false;
  }
}

/**
 * From here on nothing that was half answered in this tab can be read again.
 * @param {string} name
 */
function mark(name) {
  try {
    sessionStorage.setItem(name, "1");
    sessionStorage.removeItem("key");
  } catch {
    // See above.
  }
}

function forget() {
  try {
    for (const name of [LEFT, SENT]) sessionStorage.removeItem(name);
  } catch {
    // See above.
  }
}

/** Every page of ours that is open in this browser is left with this one: another tab may hold what was answered. */
const others = self.BroadcastChannel ? new BroadcastChannel("samvad-leave") : null;
others?.addEventListener("message", leaveThis);

function leave() {
  others?.postMessage(LEFT);
  leaveThis();
}

function leaveThis() {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-leave]"));
  mark(LEFT);
  document.body.textContent = "";
  location.replace(link ? link.href : "about:blank");
}

/**
 * Whether this page came back out of the history.
 * @param {PageTransitionEvent} event
 */
function isReturn(event) {
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return event.persisted || (entry && entry.type === "back_forward");
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const { go } = /** @type {HTMLElement | null} */ (event.target.closest("[data-go]"))?.dataset || {};
  if (go === "read-aloud" || go === "hear") {
    MODULES.readAloud().then(({ readAloud }) => readAloud(go), async () => (await MODULES.parts?.())?.explain("silent"));
  }
  const link = event.target.closest("[data-leave], a[href^='#']");
  if (!link) return;
  event.preventDefault();
  const hash = link.getAttribute("href") || "";
  if (hash[0] !== "#") return leave();
  // The # of an address may hold a slip's token, and a new entry in the history would be a step of the walk.
  const part = document.getElementById(hash.slice(1));
  part?.setAttribute("tabindex", "-1");
  part?.focus({ preventScroll: true });
  part?.scrollIntoView();
});

const offerListening = () => document.querySelector(LISTEN)?.removeAttribute("hidden");
for (const name of ["samvad:step", "samvad:done"]) document.addEventListener(name, offerListening);
offerListening();

// The page says so when an answer has gone or is kept: what comes back afterwards is an empty page.
document.addEventListener("samvad:done", () => mark(SENT));

addEventListener("pageshow", (event) => {
  const returned = isReturn(event);
  if (returned && isMarked(LEFT)) {
    leaveThis();
  } else if (returned && (isMarked(SENT) || document.querySelector("[data-sent], .state"))) {
    // The next person on this phone starts with an empty page.
    forget();
    location.replace(location.pathname);
  } else if (document.querySelector("[data-sent]")) {
    mark(SENT);
    // The history need not tell that an answer was sent from here.
    history.replaceState(null, "", location.pathname);
  } else {
    forget();
  }
});

/** @type {Modules} */
const MODULES = {
  answerForm: () => import("../answering/answer-form.js"),
  language: () => import("../answering/language.js"),
  sending: () => import("../answering/sending.js"),
  readAloud: () => import("../answering/read-aloud.js"),
  parts: () => import("../answering/parts.js"),
  draft: () => import("./draft.js"),
};

/** The page of a code brings the walk right behind this script. It begins before a page is laid out most of which it hides. */
const brought = new Promise((resolve) => {
  document.addEventListener("samvad:walk", (event) => resolve(/** @type {CustomEvent} */ (event).detail), { once: true });
});
const nextFrame = () => new Promise(requestAnimationFrame);

/**
 * One question at a time; without network too, once the worker is there.
 * @param {HTMLFormElement} form
 * @param {(language: string) => Promise<string>} [page] what brings the page of a slip
 */
async function ask(form, page) {
  const { prepare, start, walk } = await Promise.race([brought, import("../answering/walk.js")]);
  Object.assign(walk, { modules: MODULES, page });
  start(form);
  if (!walk.here) return;
  if (isMarked("tab")) import("./keeping.js").then(({ prepare }) => prepare()).catch(() => {});
  if (document.readyState !== "complete") await new Promise((loaded) => addEventListener("load", loaded, { once: true }));
  const { language, rules = "" } = form.dataset;
  const { parts = "" } = /** @type {HTMLElement} */ (form.parentElement).dataset;
  const other = `${location.pathname}?lang=${language === "en" ? "hi" : "en"}`;
  const addresses = [location.pathname + location.search, other, rules, ...parts.split(" ")];
  if (page) addresses.push(new URL("./one-time.js", import.meta.url).href);
  // Once the first question is seen, a frame after it was drawn: a worker that starts takes a cheap phone's time.
  await nextFrame();
  await nextFrame();
  await import("../offline/network.js").then(({ install }) => install(addresses)).catch(() => {});
  await prepare();
}

/** An answer may wait on this phone, or be half given, whose code has ended since: no form of it will be opened any more. */
async function showWhatWaits() {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === "samvad")) return;
  const { without } = await import("./keeping.js");
  await without(/** @type {Element} */ (document.getElementById("content")?.firstElementChild), ask);
}

async function begin() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-rules]"));
  if (document.querySelector("[data-one-time]")) (await import("./one-time.js")).open(ask);
  else if (form) await ask(form);
  else if (!document.querySelector("[data-sent]")) await showWhatWaits();
}

// What cannot be loaded is not needed: a form is sent as it stands.
begin().catch(() => {});
