/**
 * One household that is paused: its answers so far wait on the phone, as a draft does, until it is taken up again.
 * While another household answers it lies under a name of its own, since a finished answer drops the draft.
 *
 * @typedef {{version: number, language: string, fields: Map<string, string[]>}} Draft
 */
import { goOn, unfinished } from "../answering/answer-form.js";
import { walk } from "../answering/walk.js";
import { dropDraft, loadDraft, saveDraft } from "../offline/drafts.js";

const token = () => walk.form.dataset.token || "";
const aside = () => `${token()}/paused`;

/**
 * The paused household, if there is one.
 * @returns {Promise<Draft | null>}
 */
export async function paused() {
  const open = await loadDraft(token());
  if (open) await move(open, aside(), token());
  return open || loadDraft(aside());
}

/** @param {Draft} draft @param {string} to @param {string} from */
async function move({ version, language, fields }, to, from) {
  await saveDraft(to, version, language, fields);
  await dropDraft(from);
}

/** Keeps what has been answered so far, and where. Rejects if it cannot be kept. */
export async function pause() {
  const { surveyVersion, language = "" } = walk.form.dataset;
  await saveDraft(token(), Number(surveyVersion), language, unfinished());
}

/** Puts the paused answers into the form that has just begun. From now on they are dropped when it is finished. */
export async function resume() {
  const draft = await paused();
  if (!draft) return;
  await move(draft, token(), aside());
  goOn(draft.fields);
}

export const forget = () => dropDraft(aside());
