/**
 * A new version of the worker takes over between two respondents, never while somebody answers: a lock is held from
 * the first answer until `between`.
 */

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
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.waiting?.postMessage({ between: true });
  await registration?.update().catch(() => {});
}

document.addEventListener("input", hold);
document.addEventListener("samvad:done", between);
