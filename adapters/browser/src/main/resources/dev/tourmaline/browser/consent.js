import { SECOND, page } from './page.js';

/**
 * Whether the page, and the browser of its visitor, allow the client at all. Until they do, nothing
 * is read, kept, heard or sent; only a clear yes is one.
 */
export class Consent {
  /** @param changed is told true once it is allowed, and false when it is not any more */
  constructor({ allowed = true, respectGlobalPrivacyControl }, changed, problem) {
    this.allowed = allowed;
    this.respects = respectGlobalPrivacyControl === true;
    this.changed = changed;
    this.problem = problem;
    this.isAllowed = false;
    this.isAsking = false;
  }

  open() {
    if (typeof this.allowed === 'function' || this.respects) {
      this.watch = setInterval(() => this.ask(), SECOND);
    }
    this.ask();
  }

  close() {
    this.isClosed = true;
    clearInterval(this.watch);
  }

  /** The page's own word, which stands in the option's place from now on. */
  allow(isAllowed) {
    this.allowed = isAllowed === true;
    this.ask();
  }

  ask() {
    const { allowed } = this;
    if (this.isClosed || (this.isAsking && typeof allowed !== 'boolean')) return;
    try {
      const answer = typeof allowed === 'function' ? allowed() : allowed;
      if (typeof answer?.then === 'function') this.wait(answer, allowed);
      else this.take(answer);
    } catch (cause) {
      this.fault(cause);
    }
  }

  wait(answer, asked) {
    this.isAsking = true;
    const settle = (take) => (value) => {
      this.isAsking = false;
      if (this.allowed === asked) take(value);
    };
    answer.then(settle((value) => this.take(value)), settle((cause) => this.fault(cause)));
  }

  /** Whoever cannot be asked has not agreed. */
  fault(cause) {
    if (!this.isFaulty) this.problem('allowed could not be asked', cause);
    this.isFaulty = true;
    this.take(false);
  }

  take(answer) {
    const isRefused = this.respects && page.navigator?.globalPrivacyControl === true;
    const isAllowed = answer === true && !isRefused && !this.isClosed;
    if (isAllowed === this.isAllowed) return;
    this.isAllowed = isAllowed;
    this.changed(isAllowed);
  }
}
