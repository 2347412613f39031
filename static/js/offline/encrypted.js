/** What must be read again on this phone, and by nobody who has only the disk: AES-GCM over JSON. */

const STEP = 512;

/**
 * How long it is shall not tell what was said: filled up with spaces, which JSON passes over.
 * @param {CryptoKey} key @param {unknown} value
 */
export async function encrypt(key, value) {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const plain = new Uint8Array(Math.ceil(text.length / STEP) * STEP).fill(32);
  plain.set(text);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

/**
 * @param {CryptoKey} key @param {{iv: Uint8Array, data: ArrayBuffer}} locked
 * @returns {Promise<any>} rejects if it was locked with another key
 */
export async function decrypt(key, { iv, data }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data)));
}
