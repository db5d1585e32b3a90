import { SECOND, readJson, sleep, storage, writeJson } from './page.js';

const KEPT = 'tourmaline:outbox';
const KEPT_FOR = 30 * 60 * SECOND;
const KEPT_AT_MOST = 50;
const LONGEST_WAIT = 30 * SECOND;

/**
 * Reports on their way to the server, each session's in order. They survive a network that is away
 * and a page that is left: a tour that was seen and not reported would be shown again. A report may
 * be sent twice, which the server notices.
 */
export class Outbox {
  /** @param deliver sends a report to a path; answers 'taken', 'refused', or 'waits' */
  constructor(product, deliver) {
    this.key = `${KEPT}:${product}`;
    this.deliver = deliver;
    this.memory = storage('sessionStorage');
    this.waiting = readJson(this.memory, this.key, []).filter((one) => one?.report);
    this.isBusy = false;
    this.wake = () => {};
  }

  /** Answers, as a promise, whether the server has taken it. */
  add(report, to) {
    return new Promise((settled) => {
      if (this.isDropped) return void settled(false);
      const all = [...this.waiting, { report, to, at: Date.now(), settled }];
      all.slice(0, -KEPT_AT_MOST).forEach((one) => one.settled?.(false));
      this.waiting = all.slice(-KEPT_AT_MOST);
      this.keep();
      this.flush();
    });
  }

  /** Nothing is sent or kept any more. */
  drop() {
    this.isDropped = true;
    this.waiting.splice(0).forEach((one) => one.settled?.(false));
    this.wake();
  }

  keep() {
    if (!this.isDropped) writeJson(this.memory, this.key, this.waiting);
  }

  /** Sends what waits, now and until all is settled. */
  async flush() {
    this.wake();
    if (this.isBusy) return;
    this.isBusy = true;
    let wait = SECOND;
    while (this.waiting.length > 0) {
      if (await this.sendAll()) {
        wait = SECOND;
      } else {
        await Promise.race([sleep(wait), new Promise((woken) => (this.wake = woken))]);
        wait = Math.min(LONGEST_WAIT, wait * 2);
      }
    }
    this.isBusy = false;
  }

  /** Sends each session's reports up to one that has to wait; answers whether none has. */
  async sendAll() {
    const stuck = new Set();
    for (const one of this.waiting) {
      const session = one.report.session_id;
      if (stuck.has(session)) continue;
      const isFresh = Date.now() - one.at <= KEPT_FOR;
      const outcome = isFresh ? await this.deliver(one.report, one.to) : 'refused';
      if (outcome === 'waits') {
        stuck.add(session);
      } else {
        one.settled?.(outcome === 'taken');
        this.waiting = this.waiting.filter((other) => other !== one);
        this.keep();
      }
    }
    return stuck.size === 0;
  }
}
