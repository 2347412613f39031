/** Makes this browser a counter screen: a secret of its own, and a code from the office. */
import { offer } from "../devices/enrolment.js";
import { openOutbox } from "../offline/outbox.js";
import { toBase64url } from "../offline/seal.js";

const drawSecret = () => toBase64url(crypto.getRandomValues(new Uint8Array(32)));

/** The same until it is taken: a lost answer can be asked for again. */
let secret = drawSecret();

/** @param {() => unknown} done when this browser is a screen */
export function offerSetUp(done) {
  offer({
    address: "/api/v1/screens",
    async identify() {
      await openOutbox();
      return { secret };
    },
    async become() {
      const box = await openOutbox();
      await box.setOwn("screen", { secret });
      await box.setOwn("pad", null);
      secret = drawSecret();
      done();
    },
  });
}
