/** Without network: the worker that makes pages open, of which a newer one is let in between two people only. */

/**
 * Makes pages open without network. All scripts come with the worker, in one answer, so what else is to be loaded
 * is loaded after it.
 * @param {string[]} pages addresses to have: of a code in two languages, of rules, recorded audio, scripts
 * @returns {Promise<boolean>} whether they are there now
 */
export function install(pages) {
  const late = new Promise((resolve) => setTimeout(resolve, 20000, false));
  return /** @type {Promise<boolean>} */ (Promise.race([late, registered(pages)]).catch(() => false));
}

/** @param {string[]} pages */
async function registered(pages) {
  const { serviceWorker } = navigator;
  const { waiting, installing } = await serviceWorker.register("/sw.js", { updateViaCache: "none" });
  waiting?.postMessage({ between: true });
  // A full disk, for example.
  const failed = new Promise((_, reject) => {
    installing?.addEventListener("statechange", () => installing.state === "redundant" && reject(installing));
  });
  const { active } = await Promise.race([serviceWorker.ready, failed]);
  const { port1, port2 } = new MessageChannel();
  active?.postMessage({ pages }, [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
}

/** @type {((value?: unknown) => void) | null} */
let release = null;

/** No new version of the worker takes over while somebody answers: the first answer takes a lock. */
function hold() {
  if (release || !navigator.locks) return;
  release = () => {};
  navigator.locks.request("samvad-form", { mode: "shared" }, () => new Promise((resolve) => {
    release = resolve;
  }));
}

/** The last respondent is done: a new version may take over, and is looked for. */
export async function between() {
  release?.();
  release = null;
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.waiting?.postMessage({ between: true });
  await registration?.update().catch(() => {});
}

document.addEventListener("input", hold);
document.addEventListener("samvad:done", between);
