/**
 * An answer on an enrolled device: it has the device's next number, and is signed. The number is given out in the same
 * transaction that keeps the answer, so that no number is used twice and none is missing.
 *
 * @typedef {import("../offline/outbox.js").Row} Row
 */
import { compose, take } from "../offline/delivery.js";
import { keepRow, write } from "../offline/outbox.js";
import { info, sha256, utf8 } from "../offline/seal.js";
import { loadDevice, sign } from "./device.js";

/**
 * As `keep` of a phone that is not enrolled.
 * @param {import("../offline/delivery.js").Envelope} envelope @param {Record<string, any>} answers
 */
export async function keep(envelope, answers) {
  for (;;) {
    const device = await loadDevice();
    if (!device) throw new Error("not enrolled");
    const own = { device: device.device, sequence: device.sequence + 1 };
    const row = await compose(envelope, answers, own);
    const { item } = row;
    const body = await sha256(utf8(JSON.stringify(item.body)));
    item.signature = await sign(device.keys.privateKey, "samvad item v1\n", await info(item), body);
    if (await add(row)) return take(row);
  }
}

/**
 * @param {Row} row
 * @returns {Promise<boolean>} false if another tab was faster and the row holds a number that is taken
 */
function add(row) {
  const done = { result: true };
  return write((store) => {
    const last = store("own").get("sequence");
    // A commit that we were not told about: the row is there, and its number is its own.
    const same = store("outbox").get(row.id);
    same.onsuccess = () => {
      if (same.result) return;
      const { sequence } = row.item;
      done.result = (last.result || 0) + 1 === sequence;
      if (!done.result) return;
      store("own").put(sequence, "sequence");
      keepRow(store, row);
    };
    return done;
  });
}
