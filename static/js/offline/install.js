/**
 * Makes this page open without network. A new version of the worker takes over between two respondents, never
 * while somebody answers: a lock is held from the first answer until `between`.
 */

const LONGEST_MS = 20000;

/** @type {ServiceWorkerRegistration | undefined} */
let registration;
/** @type {((value?: unknown) => void) | null} */
let release = null;

function hold() {
  if (!release && navigator.locks) {
    release = () => {};
    navigator.locks.request("samvad-form", { mode: "shared" }, () => new Promise((resolve) => (release = resolve)));
  }
}

/** The last respondent is done: a new version may take over, and is looked for. */
export async function between() {
  release?.();
  release = null;
  registration?.waiting?.postMessage({ between: true });
  await registration?.update().catch(() => {});
}

/**
 * Call it once the first question is usable, and before loading what only the offline way needs: that then comes
 * out of the worker's one answer.
 * @param {{pages?: string[]}} what addresses to have without network: pages of codes, rules, recorded audio, scripts
 * @returns {Promise<boolean>} whether they are there now
 */
export async function install({ pages = [] } = {}) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) {
    return false;
  }
  document.addEventListener("input", hold);
  document.addEventListener("samvad:done", between);
  const late = new Promise((resolve) => setTimeout(resolve, LONGEST_MS, false));
  return /** @type {Promise<boolean>} */ (Promise.race([late, registered(serviceWorker, pages)]).catch(() => false));
}

/** @param {ServiceWorkerContainer} serviceWorker @param {string[]} pages */
async function registered(serviceWorker, pages) {
  registration = await serviceWorker.register("/sw.js", { updateViaCache: "none" });
  registration.waiting?.postMessage({ between: true });
  const { active } = await serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  active?.postMessage({ pages }, [port2]);
  return new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
}
