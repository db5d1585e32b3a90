import { SECOND, elapsed, textOf } from './page.js';

const RUNNING_EVERY = 30 * SECOND;
const RUNNING_AT_MOST = 30 * 60 * SECOND;
const UNSEEN_AT_MOST = 5 * 60 * SECOND;
const RESUMED_WITHIN = 2 * 60 * SECOND;
const MOST_STEPS = 1_000_000;

/**
 * A tour on this page, and what is reported of it. Every method may be called at any time, and
 * again: what is known already is not reported twice, and the first end stands. Only a tour that
 * was given up may still appear.
 */
export class Tour {
  /**
   * @param about id, flowId, session, foreign where the provider has started it by itself, and
   *     byVisitor where the visitor has: such a tour counts for nothing and is not reported
   * @param send takes a report
   */
  constructor(about, send) {
    this.about = about;
    this.send = send;
    this.state = 'asked'; // then unconfirmed, shown, over, failed
    this.isGone = false;
    this.since = elapsed();
    this.appeared = new Promise((appeared) => (this.hasAppeared = appeared));
  }

  report(outcome, more = {}) {
    const { id, flowId, session, foreign, byVisitor } = this.about;
    if (byVisitor) return;
    const body = { id, session_id: session, outcome, ...more };
    this.send(foreign ? { ...body, foreign: true, flow_id: flowId } : body);
  }

  get isOver() {
    return this.state === 'over' || this.state === 'failed';
  }

  /** Somebody has seen it: the page, or the provider. */
  shown() {
    this.hasAppeared();
    if (this.state === 'shown' || this.state === 'over') return;
    this.state = 'shown';
    this.report('shown');
    this.keepReporting();
  }

  /** It was asked for, and nothing tells whether it is there. */
  unconfirmed() {
    if (this.state !== 'asked') return;
    this.state = 'unconfirmed';
    this.since = elapsed();
    this.report('shown', { confirmed: false });
  }

  /** It was seen on a page that the visitor has left. */
  resumed() {
    this.state = 'shown';
  }

  /** The visitor was asked for it and did not want it, or gave no answer. */
  withdraw() {
    this.state = 'over';
  }

  /** Whether it is on the screen, as far as is known. */
  get isRunning() {
    return this.running !== undefined;
  }

  /** Whether it may be on the screen, so that no other one may begin. */
  get mayBeOpen() {
    if (this.isGone || this.isOver) return false;
    if (this.isRunning || this.state === 'asked') return true;
    return elapsed() - this.since < (this.state === 'shown' ? RESUMED_WITHIN : UNSEEN_AT_MOST);
  }

  keepReporting() {
    this.isGone = false;
    this.stopReporting();
    if (this.isLeft) return;
    const since = elapsed();
    this.running = setInterval(() => {
      if (elapsed() - since > RUNNING_AT_MOST) this.vanished();
      else this.report('running');
    }, RUNNING_EVERY);
  }

  stopReporting() {
    clearInterval(this.running);
    this.running = undefined;
  }

  step(number) {
    this.shown();
    if (this.state !== 'shown') return;
    if (!this.isRunning) this.keepReporting();
    const step = Number.isInteger(number) && number > 0 && number < MOST_STEPS ? number : 0;
    this.report('step', step > 0 ? { step } : {});
  }

  completed() {
    this.end('completed');
  }

  dismissed() {
    this.end('dismissed');
  }

  end(outcome) {
    if (this.isOver) return;
    this.shown();
    this.state = 'over';
    this.stopReporting();
    this.report(outcome);
  }

  failed(why = '') {
    if (this.isOver) return;
    this.state = this.state === 'shown' ? 'over' : 'failed';
    this.stopReporting();
    this.report('failed', why ? { reason: textOf(why) } : {});
  }

  /** It is gone, and nothing tells how it ended: the server takes two minutes of silence for it. */
  vanished() {
    this.isGone = true;
    this.stopReporting();
  }

  /** The client was closed: an end that the page tells is reported, but not that it runs. */
  leave() {
    this.isLeft = true;
    this.vanished();
  }

  /** What a page's own start function may call; of what happens to it, the page knows best. */
  get handle() {
    return {
      id: this.about.id,
      flowId: this.about.flowId,
      shown: () => this.shown(),
      step: (number) => this.step(number),
      completed: () => this.completed(),
      dismissed: () => this.dismissed(),
      failed: (why) => {
        this.failed(why);
        this.state = 'over'; // Its own word is the last one.
      },
    };
  }
}
