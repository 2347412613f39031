/** Sets a device up: a key that no script can take out, and a code from the office that binds it to a place. */
import { offer } from "../devices/enrolment.js";
import { openOutbox } from "../offline/outbox.js";
import { loadDevice, makeKeys, saveDevice } from "./device.js";

/**
 * One pair for as long as the page is open: a lost answer can be asked for again.
 * @type {ReturnType<typeof makeKeys> | null}
 */
let pair = null;

offer({
  address: "/api/v1/devices",
  async identify() {
    pair = pair || makeKeys();
    const [{ publicKey }] = await Promise.all([pair, openOutbox()]);
    return { public_key: publicKey };
  },
  async become(told) {
    const { keys } = await /** @type {ReturnType<typeof makeKeys>} */ (pair);
    await saveDevice(told, keys);
    location.replace(told.path + (document.documentElement.lang === "en" ? "?lang=en" : ""));
  },
});
loadDevice().then((device) => {
  const known = /** @type {HTMLElement} */ (document.getElementById("known"));
  known.hidden = !device;
  if (device) /** @type {HTMLAnchorElement} */ (known.querySelector("a")).href = device.path;
}).catch(() => {});
