/**
 * Sealing to the department's key: HPKE base mode (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256,
 * AES-256-GCM, one message. Only who holds the secret key can open it; this phone cannot.
 * @typedef {Record<string, any>} Item what docs/protocol.md calls an item
 */

/** @param {string} text */
export const utf8 = (text) => new TextEncoder().encode(text);

const KEM = "KEM\0\x10";
const SUITE = "HPKE\0\x10\0\x01\0\x02";
// WebCrypto takes no empty key; HKDF's empty salt is a block of zeros.
const NO_SALT = new Uint8Array(32);

/** @param {number} size */
export const randomBytes = (size) => crypto.getRandomValues(new Uint8Array(size));

/** @param {...(Uint8Array | string)} parts */
export function join(...parts) {
  return new Uint8Array(parts.flatMap((part) => [...(typeof part === "string" ? utf8(part) : part)]));
}

/**
 * As JSON, filled up with spaces to a multiple of 512 bytes, so that its length does not tell what was said.
 * @param {unknown} value
 */
export function padded(value) {
  const text = JSON.stringify(value);
  return utf8(text + " ".repeat(-utf8(text).length & 511));
}

/** @param {Uint8Array} bytes */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** @param {Uint8Array} bytes */
export function toBase64url(bytes) {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/** @param {string} text */
export function fromBase64url(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

/**
 * The clear fields in the one form that is hashed: sorted keys, no spaces, without body and signature.
 * @param {Item} item
 */
export function canonical(item) {
  const names = Object.keys(item).filter((name) => name !== "body" && name !== "signature");
  return JSON.stringify(item, names.sort());
}

/**
 * What binds a sealed body to its clear fields.
 * @param {Item} item
 */
export const info = (item) => sha256(utf8(canonical(item)));

/**
 * The confirmation number, which this phone chose: nobody gets from it to the answer. None without WebCrypto, and none of
 * an answer that was made before numbers were.
 * @param {Item} item
 */
export async function numberOf({ receipt }) {
  if (!receipt || !crypto.subtle) return;
  const digest = await sha256(join("samvad receipt 1\n", fromBase64url(receipt)));
  const number = digest.slice(0, 8).reduce((high, byte) => (high * 256 + byte) % 1e12, 0);
  return { number: String(number).padStart(12, "0").replace(/.{4}\B/g, "$& ") };
}

/** @param {Uint8Array} salt @param {Uint8Array} bytes */
async function hmac(salt, bytes) {
  const hash = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", salt, hash, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
}

/** @param {string} suite @param {Uint8Array} salt @param {string} label @param {Uint8Array | string} material */
const extract = (suite, salt, label, material) => hmac(salt, join("HPKE-v1", suite, label, material));

/**
 * At most 32 bytes, which is one block.
 * @param {string} suite @param {Uint8Array} secret @param {string} label @param {Uint8Array} about
 * @param {number} size
 */
async function expand(suite, secret, label, about, size) {
  const asked = join(Uint8Array.of(0, size), "HPKE-v1", suite, label, about, "\x01");
  return (await hmac(secret, asked)).slice(0, size);
}

/**
 * A secret that only this call and the key's owner know, and what tells it to the owner.
 * @param {Uint8Array} point
 */
async function encapsulate(point) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const owner = await crypto.subtle.importKey("raw", point, curve, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: owner }, pair.privateKey, 256);
  const sent = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const secret = await extract(KEM, NO_SALT, "eae_prk", new Uint8Array(shared));
  return { sent, secret: await expand(KEM, secret, "shared_secret", join(sent, point), 32) };
}

/**
 * @param {string} keyText the sealing key as it stands in the page: base64url of the point
 * @param {Uint8Array} infoBytes
 * @param {Uint8Array} plain
 * @returns {Promise<string>} base64url of the encapsulated secret and the ciphertext
 */
export async function seal(keyText, infoBytes, plain) {
  const { sent, secret } = await encapsulate(fromBase64url(keyText));
  const [psk, about] = await Promise.all([
    extract(SUITE, NO_SALT, "psk_id_hash", ""),
    extract(SUITE, NO_SALT, "info_hash", infoBytes),
  ]);
  const context = join("\0", psk, about);
  const prk = await extract(SUITE, secret, "secret", "");
  const [key, iv] = await Promise.all([
    expand(SUITE, prk, "key", context, 32),
    expand(SUITE, prk, "base_nonce", context, 12),
  ]);
  const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, cipher, plain);
  return toBase64url(join(sent, new Uint8Array(sealed)));
}

/**
 * @param {CryptoKey} key @param {unknown} value
 */
export async function encrypt(key, value) {
  const iv = randomBytes(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, padded(value)) };
}

/**
 * @param {CryptoKey} key @param {{iv: Uint8Array, data: ArrayBuffer}} locked
 * @returns {Promise<any>} rejects if it was locked with another key
 */
export async function decrypt(key, { iv, data }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data)));
}
