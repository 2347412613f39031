/**
 * Unfinished answers, kept only for who asked for it. They cannot be sealed, since they must be read again here:
 * they are encrypted with a key that scripts cannot take out, but the browser stores it beside them.
 */
import { outbox, read, tabName, write } from "./outbox.js";
import { decrypt, encrypt } from "./seal.js";

/** The key of this browser; whichever of two tabs stored one last. */
async function draftKey() {
  if (!(await outbox.own("draft-key"))) {
    const aes = { name: "AES-GCM", length: 256 };
    await outbox.setOwn("draft-key", await crypto.subtle.generateKey(aes, false, ["encrypt", "decrypt"]));
  }
  return outbox.own("draft-key");
}

/** @param {string} token @param {number} version @param {string} language @param {Map<string, string[]>} fields */
export async function saveDraft(token, version, language, fields) {
  const locked = await encrypt(await draftKey(), { version, language, fields: [...fields] });
  await write((store) => {
    store("drafts").put({ token: token.toLowerCase(), ...locked });
    store("tabs").delete(tabName());
  });
}

/**
 * @param {string} token
 * @returns {Promise<{version: number, language: string, fields: Map<string, string[]>} | null>}
 */
export async function loadDraft(token) {
  const draft = await read((store) => store("drafts").get(token.toLowerCase()));
  if (!draft) return null;
  try {
    const saved = await decrypt(await draftKey(), draft);
    return { ...saved, fields: new Map(saved.fields) };
  } catch {
    await dropDraft(token);
    return null;
  }
}

/** @param {string} token */
export const dropDraft = (token) => write((store) => store("drafts").delete(token.toLowerCase()));
