/**
 * From "send" to the truth about it: kept on the phone, sent, or not sent and why. No state is a wait without end.
 * A phone that cannot keep answers is told so before the first question; then they go straight to the server.
 */
import * as delivery from "../offline/delivery.js";
import { faults, mark } from "./answer-form.js";
import { follow, problemSentence, thank } from "./outcome.js";
import { bring } from "./parts.js";
import { askedQuestions, copy, post, rewind, say, visit, walk, warn, whyNotKept } from "./walk.js";

/** Why answers cannot be kept here, null if they can. */
const unkept = Promise.resolve(whyNotKept(walk.form) || delivery.probe());
let busy = false;

export async function prepare() {
  const [why] = await Promise.all([unkept, bring().catch(() => {})]);
  if (why) warn(why);
}

/** Sends, or goes to the first question where something is wrong. */
export async function send() {
  const { form, answerForm } = walk;
  if (busy) return;
  if (!answerForm) return post("_do", "send");
  const reading = answerForm.read(form);
  const errors = faults(reading);
  const wrong = askedQuestions().find((name) => errors.has(name));
  if (wrong) {
    visit(wrong, true);
    mark(wrong, errors.get(wrong));
    return;
  }
  busy = true;
  const why = await unkept;
  await (why && !walk.session ? sendUnkept(reading.answers, why) : keep(reading.answers)).catch(complain);
  busy = false;
}

/** What the server must know besides the answers. */
function envelope() {
  const { token, surveyVersion, language, stamp, kid, sealingKey } = /** @type {any} */ (walk.form.dataset);
  return { token, survey_version: surveyVersion, language, stamp, kid, key: sealingKey };
}

/** @param {Record<string, unknown>} answers */
async function keep(answers) {
  const { session } = walk;
  let id;
  try {
    ({ id } = await (session || delivery).keep(envelope(), answers));
  } catch (error) {
    // The memory may have become full since the page was opened.
    return session ? session.failed(error) : sendUnkept(answers, "full");
  }
  await rewind();
  if (session) session.kept(id);
  else follow(id);
}

/** @param {Record<string, unknown>} answers @param {string} why they are not kept */
async function sendUnkept(answers, why) {
  if (why === "quiz") return post("_do", "send");
  const receipt = await delivery.sendNow(envelope(), answers);
  if (receipt.status === "rejected" || receipt.status === "later") throw receipt;
  await delivery.wipe(envelope().token).catch(() => {});
  await rewind();
  thank(receipt.number);
}

/**
 * Says beside the button why it was not sent.
 * @param {any} reason a receipt, or what was thrown
 */
function complain({ problem, status, code }) {
  const area = walk.form.querySelector(".review .actions");
  area?.querySelector(".error")?.remove();
  const note = copy("wrong");
  note.firstElementChild?.append(problemSentence(problem) || say(status || code === "busy" ? "busy" : "network"));
  area?.prepend(note);
}
