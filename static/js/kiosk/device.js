/** An enrolled tablet or interviewer's phone: its own key, which no script can take out. */
import { join, sha256, toBase64url, utf8 } from "../offline/seal.js";
import { openOutbox } from "../offline/outbox.js";

/** @returns {Promise<{keys: CryptoKeyPair, publicKey: string}>} */
export async function makeKeys() {
  const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  return { keys, publicKey: toBase64url(new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey))) };
}

/**
 * Become this device; its numbers begin at 1.
 * @param {{device: string, token: string, kind: string, path: string}} enrolment what the server answered
 * @param {CryptoKeyPair} keys
 */
export async function saveDevice(enrolment, keys) {
  const box = await openOutbox();
  const known = await box.own("device");
  if (known?.device !== enrolment.device) {
    await box.setOwn("sequence", 0);
  }
  await box.setOwn("device", { ...enrolment, keys });
}

/** @returns {Promise<(import("../offline/outbox.js").Device & {sequence: number}) | null>} */
export async function loadDevice() {
  const box = await openOutbox();
  const device = await box.own("device");
  return device ? { ...device, sequence: (await box.own("sequence")) || 0 } : null;
}

/**
 * What `POST /api/v1/devices/status` takes.
 * @returns {Promise<Record<string, any> | null>} null if not enrolled
 */
export async function signedStatus() {
  const device = await loadDevice();
  if (!device) {
    return null;
  }
  const rows = await (await openOutbox()).rows();
  /** @type {Record<string, any>} */
  const status = {
    device: device.device,
    waiting: rows.length,
    last_sequence: device.sequence,
    at: new Date().toISOString().replace(/\.\d+/, ""),
  };
  const { device: owner, refusals = {} } = (await (await openOutbox()).own("notebook")) || {};
  const declined = owner === device.device && Object.keys(refusals).length ? { refusals } : {};
  Object.assign(status, declined);
  // The same names in the same order, those of the weeks too.
  const names = [...Object.keys(status), ...Object.keys(refusals)].sort();
  const told = await sha256(utf8(JSON.stringify(status, names)));
  status.signature = await sign(device.keys.privateKey, "samvad status v1\n", told);
  return status;
}

/**
 * @param {CryptoKey} key a P-256 key of this device
 * @param {string} title what is signed
 * @param {...Uint8Array} parts
 */
export async function sign(key, title, ...parts) {
  const how = { name: "ECDSA", hash: "SHA-256" };
  return toBase64url(new Uint8Array(await crypto.subtle.sign(how, key, join(title, ...parts))));
}
