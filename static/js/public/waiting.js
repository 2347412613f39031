/** What waits on this phone, or was refused, and what becomes of each. */
import { events, last, list } from "../offline/delivery.js";
import { actionsOn, problemSentence, retry } from "../answering/outcome.js";
import { bring } from "../answering/parts.js";
import { copy, insert, listen, say, slot } from "../answering/walk.js";

/** @param {Element} place before which the list stands; there is none if nothing waits */
export async function show(place) {
  // What an enrolled device still sends is not for whoever stands before it.
  const kept = (await list()).filter(({ state, item }) => state === "refused" || !item.device);
  // What was sent before anybody could look is told as well.
  const sent = [...last.values()].filter(({ state, device }) => state === "sent" && !device);
  const rows = new Map([...kept, ...sent].map((row) => [row.id, row]));
  if (!rows.size) return;
  await bring();
  const shown = insert("waiting", place);
  const again = slot(shown, "again");
  const settle = () => again.toggleAttribute("hidden", !shown.querySelector("[data-go=file][hidden]"));
  for (const row of rows.values()) shown.querySelector("ul")?.append(line({ ...row, ...last.get(row.id) }, settle));
  settle();
  listen(again, {
    again: () => retry((word) => {
      slot(again, "said").textContent = say(word);
    }),
  });
}

/** @param {Record<string, any>} row @param {() => unknown} settle what to do once it says something else */
function line({ id, state, problem }, settle) {
  const item = /** @type {HTMLElement} */ (copy("item").firstElementChild);
  const tell = (/** @type {string} */ now, /** @type {any} */ why) => {
    slot(item, "state").textContent = `${say(now)} ${problemSentence(why)}`.trim();
    /** @type {HTMLElement | null} */ (item.querySelector("[data-go=file]"))?.toggleAttribute("hidden", now !== "refused");
    if (now === "sent" || now === "lost") item.querySelector(".actions")?.remove();
    if (now === "discarded") item.remove();
    settle();
  };
  tell(state, problem);
  listen(item, actionsOn(id));
  events.addEventListener("change", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.id === id) tell(detail.state, detail.problem);
  });
  return item;
}
