/**
 * From "send" to the truth about it: kept on the phone, sent, or not sent and why. No state is a wait without end.
 * A phone that cannot keep answers is told so before the first question; then they go straight to the server.
 */
import { barred } from "./install.js";
import { copy, post, rewind, say, stops, visit, walk, warn } from "./steps.js";
import { faults, mark } from "./answer-form.js";
import { follow, thank, told } from "./outcome.js";

const deliver = () => import("../offline/delivery.js");

/**
 * Why answers cannot be kept here, null if they can.
 * @type {Promise<string | null>}
 */
let unkept;
let busy = false;

/** @param {HTMLFormElement} form */
export async function prepare(form) {
  const sure = barred(form);
  unkept = unkept || (sure ? Promise.resolve(sure) : deliver().then(({ probe }) => probe()).catch(() => "no-worker"));
  const why = await unkept;
  if (why) warn(why);
}

/** Sends, or goes to the first question where something is wrong. */
export async function send() {
  const { form, sheet } = walk;
  if (busy) return;
  if (!sheet) return post("_do", "send");
  const reading = sheet.read(form);
  const errors = faults(reading);
  const wrong = stops().find((name) => errors.has(name));
  if (wrong) {
    visit(wrong, true);
    mark(wrong, errors.get(wrong));
    return;
  }
  busy = true;
  const why = await unkept;
  await (why && !walk.desk ? straight(form, reading.answers, why) : keep(form, reading.answers)).catch(complain);
  busy = false;
}

/**
 * What the server must know besides the answers.
 * @param {HTMLFormElement} form
 */
function envelope({ dataset }) {
  const { token, surveyVersion, language, stamp, kid, sealingKey } = /** @type {Record<string, any>} */ (dataset);
  return { token, survey_version: surveyVersion, language, stamp, kid, key: sealingKey };
}

/** @param {HTMLFormElement} form @param {Record<string, unknown>} answers */
async function keep(form, answers) {
  const delivery = await deliver();
  const { token } = envelope(form);
  let id;
  try {
    ({ id } = await (walk.desk || delivery).keep(envelope(form), answers));
  } catch (error) {
    if (walk.desk) return walk.desk.failed(error);
    // The memory may have become full since the page was opened.
    return straight(form, answers, "full");
  }
  await rewind();
  if (walk.desk) return walk.desk.kept(id);
  follow(delivery, id, token);
}

/** @param {HTMLFormElement} form @param {Record<string, unknown>} answers @param {string} why they are not kept */
async function straight(form, answers, why) {
  const delivery = why === "quiz" ? null : await deliver().catch(() => null);
  if (!delivery) return post("_do", "send");
  const receipt = await delivery.sendNow(envelope(form), answers);
  if (receipt.status === "rejected" || receipt.status === "later") throw receipt;
  await delivery.wipe(envelope(form).token).catch(() => {});
  await rewind();
  thank(receipt.number, receipt.serial);
}

/**
 * Says beside the button why it was not sent.
 * @param {any} reason a receipt, or what was thrown
 */
function complain({ problem, status, code }) {
  const area = walk.form.querySelector(".review .actions");
  area?.querySelector(".error")?.remove();
  const note = copy("wrong");
  note.firstElementChild?.append(told(problem) || say(status || code === "busy" ? "busy" : "network"));
  area?.prepend(note);
}
