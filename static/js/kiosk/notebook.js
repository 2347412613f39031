/**
 * What an interviewer's phone counts itself: refusals by week, and finished interviews by quota group. Beside them
 * the office's last word on the quotas, for use without network. Nothing in it belongs to a single answer.
 *
 * @typedef {{cell: string[], words: Record<string, string>, target: number, counted: number}} Cell
 * @typedef {{questions: string[], cells: Cell[]}} Quotas
 * @typedef {{device: string, refusals: Record<string, number>, own: Record<string, number>,
 *   told: Record<string, number>, quotas: Quotas | null, at: string}} Notebook `told` is `own` when the office counted
 * @typedef {{words: string, target: number, own: number, all: number}} Line
 */
import { openOutbox } from "../offline/outbox.js";
import { list } from "../offline/delivery.js";
import { mondayOf, todayInIndia } from "../offline/calendar.js";
import { loadDevice } from "./device.js";

const NAME = "notebook";
const MOST_WEEKS = 60;

/** @returns {Promise<Notebook>} an empty one where another device's was, or none */
export async function readNotebook() {
  const device = (await loadDevice())?.device || "";
  const kept = await (await openOutbox()).own(NAME);
  return kept?.device === device ? kept : { device, refusals: {}, own: {}, told: {}, quotas: null, at: "" };
}

/**
 * Two tabs shall not lose each other's counts.
 * @param {(notebook: Notebook) => unknown} change
 */
async function write(change) {
  const work = async () => {
    const notebook = await readNotebook();
    await change(notebook);
    await (await openOutbox()).setOwn(NAME, notebook);
  };
  return navigator.locks ? navigator.locks.request("samvad-notebook", work) : work();
}

/** One more declined, this week. */
export const countRefusal = () =>
  write(({ refusals }) => {
    const week = mondayOf(todayInIndia());
    refusals[week] = (refusals[week] || 0) + 1;
    for (const old of Object.keys(refusals).sort().slice(0, -MOST_WEEKS)) delete refusals[old];
  });

/** @param {string[]} cell */
const keyOf = (cell) => cell.join("/");

/**
 * One more interview is finished; what else was answered is not noted.
 * @param {Record<string, unknown>} answers
 */
export const countInterview = (answers) =>
  write(({ quotas, own }) => {
    const cell = (quotas?.questions || []).map((question) => String(answers[question] || ""));
    const known = quotas?.cells.find((each) => keyOf(each.cell) === keyOf(cell));
    if (known) own[keyOf(cell)] = (own[keyOf(cell)] || 0) + 1;
  });

/**
 * What the office says of the quotas. While answers wait here, its counts and ours cannot be told apart.
 * @param {Quotas | null | undefined} quotas
 */
export async function learnQuotas(quotas) {
  if (quotas === undefined) return;
  const waits = (await list()).some((row) => row.state === "waiting");
  await write((notebook) => {
    if (waits && notebook.quotas && quotas) return;
    Object.assign(notebook, { quotas, told: { ...notebook.own }, at: new Date().toISOString() });
  });
}

/** @param {Notebook} notebook @param {string} language @returns {Line[]} */
export function progress({ quotas, own, told }, language) {
  return (quotas?.cells || []).map(({ cell, words, target, counted }) => {
    const mine = own[keyOf(cell)] || 0;
    const since = mine - (told[keyOf(cell)] || 0);
    return { words: words[language] || keyOf(cell), target, own: mine, all: counted + since };
  });
}

/** @param {Notebook} notebook how many declined this week */
export const refusalsThisWeek = ({ refusals }) => refusals[mondayOf(todayInIndia())] || 0;
