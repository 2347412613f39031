/**
 * The server's time on a screen that may be without network for days. What was learned from the server is kept as
 * the difference to the screen's own clock, and that clock is watched: somebody may set it.
 */

/** What a slow tablet may lose between two looks. */
const SLACK_MS = 5000;

export class Clock {
  #ahead;
  #date = Date.now();
  #steady = performance.now();
  /** Whether the screen's clock has leapt since this was asked last: the server should be asked. */
  #leapt = false;

  /** @param {number} [ahead] how far the server's clock is ahead of this one, in milliseconds */
  constructor(ahead = 0) {
    this.#ahead = ahead;
  }

  get ahead() {
    return this.#ahead;
  }

  /** @param {number} server its time @param {number} own this one's at that moment */
  learn(server, own) {
    this.#ahead = server - own;
    this.#leapt = false;
  }

  /** @returns {number} milliseconds since 1970 */
  now() {
    const [date, steady] = [Date.now(), performance.now()];
    const leap = date - this.#date - (steady - this.#steady);
    if (Math.abs(leap) > SLACK_MS) this.#leapt = true;
    // Forward it may have slept, and then the date is right; nothing but a hand turns a clock back.
    if (leap < -SLACK_MS) this.#ahead -= leap;
    this.#date = date;
    this.#steady = steady;
    return date + this.#ahead;
  }

  hasLeapt() {
    const leapt = this.#leapt;
    this.#leapt = false;
    return leapt;
  }
}
