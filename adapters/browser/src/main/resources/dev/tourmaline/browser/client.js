import { claim, forgetOldClaims } from './claim.js';
import { eventParser } from './events.js';
import { Guard } from './guard.js';
import { Link } from './link.js';
import { PageTours } from './page-tours.js';
import { SECOND, forgetKeys, guarded, isVisible, page, readJson, storage, writeJson } from './page.js';
import { OPTED_OUT, Preferences } from './preferences.js';
import { termsOf } from './terms.js';
import { Visitor } from './visitor.js';

const QUIET_STREAM = 45 * SECOND; // the server sends something every 15 s
const SHORT_STREAM = 5 * SECOND;
const LONGEST_WAIT = 30 * SECOND;
const AFTER_REFUSAL = 60 * SECOND;
const HIDDEN_STREAM = 30 * SECOND;
const HANDLED_KEPT = 200;
const HANDLED = 'tourmaline:handled';

/** Holds a session's stream open, and starts what comes over it. */
export class Client {
  constructor(options, problem) {
    this.options = options;
    this.problem = problem;
    this.link = new Link(options, problem);
    const session = () => this.session();
    this.preferences = new Preferences(options.product, this.link, session);
    this.tours = new PageTours(options, session, this.link, this.preferences, problem);
    this.visitor = new Visitor();
    this.memory = storage('sessionStorage');
    this.lastKey = `tourmaline:last:${options.product}`;
    this.failures = 0;
    this.refusedTokens = 0;
    this.leastWait = SECOND;
    this.listening = '';
    this.taking = new Set();
    this.closed = false;
    this.parked = false;
    this.wake = () => {};
    this.cut = () => {};
    this.undo = [];
  }

  open() {
    forgetOldClaims();
    this.visitor.open();
    this.on(page, 'online', () => {
      this.wake();
      this.link.outbox.flush();
    });
    this.on(page, 'pagehide', () => this.park());
    this.on(page, 'pageshow', () => this.unpark());
    this.on(page.document, 'visibilitychange', () => this.visibilityChanged());
    const watch = setInterval(() => {
      this.followSession();
      this.visitor.look();
    }, SECOND);
    this.undo.push(() => clearInterval(watch));
    this.tours.open();
    this.link.outbox.flush();
    this.run().catch((cause) => this.problem('the client stopped', cause));
  }

  on(target, name, listener) {
    if (typeof target?.addEventListener !== 'function') return;
    target.addEventListener(name, listener);
    this.undo.push(() => target.removeEventListener(name, listener));
  }

  close() {
    this.closed = true;
    this.undo.splice(0).forEach((one) => one());
    clearTimeout(this.hidden);
    this.visitor.close();
    this.tours.close();
    this.cut();
    this.wake();
  }

  /** The page may not go on: nothing is sent any more, and nothing is kept but a visitor's no. */
  forget() {
    this.isForgotten = true;
    this.close();
    this.tours.forget();
    this.link.silence();
    forgetKeys((key) => !key.startsWith(OPTED_OUT));
  }

  session() {
    try {
      const { session } = this.options;
      return String((typeof session === 'function' ? session() : session) ?? '');
    } catch {
      return '';
    }
  }

  followSession() {
    if (this.listening !== '' && this.session() !== this.listening) {
      this.failures = 0;
      this.cut();
      this.wake();
    }
  }

  /** A tab that stays hidden gives its connection back: browsers grant only six to a host. */
  visibilityChanged() {
    clearTimeout(this.hidden);
    if (isVisible()) {
      this.unpark();
      this.followSession();
    } else {
      this.hidden = setTimeout(() => isVisible() || this.park(), HIDDEN_STREAM);
    }
  }

  park() {
    this.parked = true;
    this.cut();
  }

  unpark() {
    if (this.parked) {
      this.parked = false;
      this.failures = 0;
      this.wake();
    }
  }

  pause(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  async run() {
    while (!this.closed) {
      const session = this.session();
      if (this.parked || session === '') {
        await this.pause(SECOND);
        continue;
      }
      this.listening = session;
      let wait;
      try {
        wait = await this.listen(session);
      } catch {
        wait = this.backoff();
      }
      if (!this.closed && !this.parked && this.session() === session) await this.pause(wait);
      this.listening = '';
    }
  }

  /** Full jitter, from a second to half a minute. */
  backoff() {
    const ceiling = Math.min(LONGEST_WAIT, this.leastWait * 2 ** this.failures);
    this.failures = Math.min(this.failures + 1, 10);
    return SECOND / 4 + Math.random() * ceiling;
  }

  /** Reads one stream to its end; answers how long to wait before the next. */
  async listen(session) {
    const control = new AbortController();
    const cutOff = new Promise((_, failed) => {
      control.signal.addEventListener('abort', () => failed(new Error('cut off')));
    });
    cutOff.catch(() => {});
    this.cut = () => control.abort();
    let watchdog;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => control.abort(), QUIET_STREAM);
    };
    try {
      alive();
      await Promise.race([this.link.renewToken(session), cutOff]);
      this.preferences.tellAgain();
      const last = this.lastHandled(session);
      const response = await this.link.openStream(session, last, control.signal);
      if (response.status !== 200) return await this.refused(response);
      this.refusedTokens = 0;
      const opened = Date.now();
      await this.read(response.body.getReader(), session, alive);
      if (Date.now() - opened < SHORT_STREAM) return this.backoff();
      this.failures = 0;
      return Math.random() * SECOND;
    } finally {
      clearTimeout(watchdog);
      control.abort();
    }
  }

  async read(reader, session, alive) {
    const decoder = new TextDecoder();
    const push = eventParser(
      (event) => this.take(event, session),
      (retry) => (this.leastWait = Math.min(LONGEST_WAIT, Math.max(SECOND, retry))),
    );
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      push(decoder.decode(value, { stream: true }));
    }
  }

  async refused(response) {
    const { status } = response;
    if (status === 401 && this.refusedTokens++ === 0) return 0; // a fresh token may do
    if (status === 401 || status === 408 || status === 429 || status >= 500) {
      const asked = Number(response.headers.get('Retry-After')) * SECOND || 0;
      return Math.max(asked, this.backoff());
    }
    const body = await response.text().catch(() => '');
    this.problem(`the server answered ${status}: ${body.slice(0, 300).trim()}`);
    return AFTER_REFUSAL;
  }

  /** Any id asks for what is alive and came after it; "0" came before everything. */
  lastHandled(session) {
    const last = readJson(this.memory, this.lastKey, {});
    return last.session === session && /^[!-~]+$/.test(last.id) ? last.id : '0';
  }

  isHandled(id) {
    return readJson(this.memory, HANDLED, []).includes(id);
  }

  handled(id, session) {
    if (this.isForgotten) return;
    const ids = readJson(this.memory, HANDLED, []);
    writeJson(this.memory, HANDLED, [...ids, id].slice(-HANDLED_KEPT));
    // One that came before and still waits is asked for again on the next page.
    const [oldest] = this.taking;
    if (oldest === id) writeJson(this.memory, this.lastKey, { session, id });
  }

  async take(event, session) {
    const { id, name } = event;
    // An id stands for all events after it, and those with a name are not triggers.
    if (id === '' || name !== '' || this.taking.has(id)) return;
    this.taking.add(id);
    try {
      const trigger = { ...JSON.parse(event.data), id };
      if (!this.isOurs(trigger, session)) return;
      const guard = this.guardOf(event, session);
      await this.tours.start(trigger, guard, (isWanted) => this.claim(id, session, isWanted));
    } catch (cause) {
      this.problem('a trigger could not be handled', cause);
    } finally {
      this.taking.delete(id);
    }
  }

  guardOf({ id, terms }, session) {
    const isWanted = () =>
      !this.closed && this.session() === session && !this.preferences.isOut;
    const { debug } = this.options;
    const tell = (what) => guarded(debug ?? (() => {}))(`trigger ${id} ${what}`);
    return new Guard(termsOf(terms), this.visitor, this.tours, isWanted, tell);
  }

  /** Whether this tab, of all that hear of the trigger, may have it. */
  async claim(id, session, isWanted = () => true) {
    if (this.isHandled(id)) return false;
    let isFree = true;
    const won = await claim(
      `${this.options.product}:${id}`,
      () => (isFree = !this.closed && isWanted()),
    );
    if (isFree) this.handled(id, session);
    return won;
  }

  isOurs(trigger, session) {
    return (
      trigger.type === 'usertour_trigger' &&
      trigger.product_id === this.options.product &&
      trigger.session_id === session &&
      !this.isHandled(trigger.id)
    );
  }
}
