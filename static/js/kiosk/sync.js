/**
 * Sends what waits, and then says how the device is. By a timer with jitter, so that the tablets of a district do
 * not come together; when the network comes back; and when somebody looks.
 */
import { fetchWithLimit } from "../offline/posting.js";
import { openOutbox } from "../offline/outbox.js";
import { flush, list } from "../offline/delivery.js";
import { loadDevice, signedStatus } from "./device.js";

const EVERY_MS = 600000;
const SOON_MS = 4000;
const PATIENCE_MS = 20000;

/** @typedef {{revoked: boolean, stamp: string | null, server_time: string}} Heard */

/** Whether the server has said that nothing from this device counts any more. */
export async function isOver() {
  const device = await loadDevice();
  return Boolean(device) && (await (await openOutbox()).own("over")) === device?.device;
}

/**
 * What is still to be done about the outbox: how many wait would tell the next person how many were here.
 * @returns {Promise<"none" | "some" | "refused">} "refused": the server did not accept one, so staff are needed
 */
export async function whatWaits() {
  const rows = await list();
  if (rows.some(({ state }) => state === "refused")) return "refused";
  return rows.length ? "some" : "none";
}

/** @returns {Promise<Heard | null>} null if the server could not be asked */
export async function sync() {
  await flush();
  const status = await signedStatus();
  const heard = status && (await tell(status).catch(() => null));
  if (heard) await (await openOutbox()).setOwn("over", heard.revoked ? status?.device : "");
  return heard;
}

/** @param {Record<string, any>} status @returns {Promise<Heard | null>} */
async function tell(status) {
  const answer = await fetchWithLimit("/api/v1/devices/status", JSON.stringify(status), false, PATIENCE_MS);
  return answer.ok ? answer.json() : null;
}

/** @param {(heard: Heard | null) => unknown} hear what to do with each answer */
export function keepSyncing(hear) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {number} about */
  const after = (about) => {
    clearTimeout(timer);
    timer = setTimeout(run, about * (0.5 + Math.random()));
  };
  const run = async () => {
    after(EVERY_MS);
    hear(await sync().catch(() => null));
  };
  addEventListener("online", () => after(SOON_MS));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && after(SOON_MS));
  after(SOON_MS);
}
