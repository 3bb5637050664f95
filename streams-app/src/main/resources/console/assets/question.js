// A question that stays open: asked now, again every so often, and sooner or later again when the answer failed. The last
// good answer stays beside the failure, with its age, so that nobody takes old numbers for new ones.

import { ask } from './ask.js';

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 30_000;

/**
 * @param every milliseconds between two answers; 0 asks once
 * @param changed called whenever something is to be shown
 * @param read the value out of what is answered; by itself the answer
 */
export class Question {
  constructor(path, parameters, { every = 0, changed, read = ask }) {
    this.path = path;
    this.parameters = parameters;
    this.every = every;
    this.changed = changed;
    this.read = read;
    this.value = null;
    this.failure = null;
    this.answeredAt = null;
    this.wait = FIRST_WAIT;
    this.timer = null;
    this.turn = 0;
    this.again();
  }

  /** Asks at once. */
  async again() {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    try {
      const value = await this.read(this.path, this.parameters);
      if (turn !== this.turn) {
        return;
      }
      this.value = value;
      this.failure = null;
      this.answeredAt = Date.now();
      this.wait = FIRST_WAIT;
      this.later(this.every);
    } catch (failure) {
      if (turn !== this.turn) {
        return;
      }
      this.failure = failure;
      this.later(this.worthRetrying(failure) ? (failure.retryAfter ?? this.wait) : 0);
      this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
    }
    this.changed();
  }

  worthRetrying(failure) {
    return failure.status === undefined ? false : failure.status === 0 || failure.status === 429 || failure.status >= 500;
  }

  later(delay) {
    this.timer = delay > 0 ? setTimeout(() => this.again(), delay) : null;
  }

  stop() {
    this.turn++;
    clearTimeout(this.timer);
  }
}
