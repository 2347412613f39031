/** A code is over: its page leaves this phone, once nothing waits or is half answered here that might need it. */
import { forgetPages } from "../offline/delivery.js";
import { read } from "../offline/outbox.js";

const HELD = ["outbox", "drafts", "tabs"];

/** @param {string} [token] */
export async function forget(token = location.pathname.split("/").pop() || "") {
  const known = await indexedDB.databases();
  const counts = known.some(({ name }) => name === "samvad") ? HELD.map((name) => read((store) => store(name).count())) : [];
  if (token && !(await Promise.all(counts)).some(Boolean)) await forgetPages(token);
}

// The page of a slip is fetched by a script, which calls this itself.
if (document.querySelector("[data-gone]")) forget();
