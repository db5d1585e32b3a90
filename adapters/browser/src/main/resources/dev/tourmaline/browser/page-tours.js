import { SECOND, elapsed, guarded, readJson, sleep, storage, textOf, writeJson } from './page.js';
import { providers } from './providers.js';
import { sdkOf, startAt, startOwn } from './start.js';
import { Tour } from './tour.js';

const KEPT = 'tourmaline:tours';
const KEPT_FOR = 30 * 60 * SECOND;
const KEPT_AT_MOST = 20;
const REMEMBERED = 100;
const WATCHED_FOR = 60 * SECOND;
const LONGEST_ID = 512;

const isId = (id) =>
  Number.isFinite(id) || (typeof id === 'string' && /\S/.test(id) && id.length <= LONGEST_ID);

/**
 * The tours of this page: those of triggers, and those that the provider starts by itself. A
 * provider's tour outlives its page, so the next page of the tab goes on reporting it.
 */
export class PageTours {
  constructor(options, session, link, problem) {
    this.options = { startWithin: 30 * SECOND, confirmWithin: 10 * SECOND, ...options };
    this.isOwn = typeof options.start === 'function';
    this.provider = this.isOwn ? undefined : providers[options.provider];
    this.session = session;
    this.link = link;
    this.problem = problem;
    this.memory = storage('sessionStorage');
    this.key = `${KEPT}:${options.product}`;
    this.tours = new Map();
    this.isHeard = false;
    this.stop = () => {};
  }

  open() {
    if (this.provider === undefined) return;
    for (const about of readJson(this.memory, this.key, [])) {
      if (isId(about?.flowId) && Date.now() - about.at < KEPT_FOR) {
        const tour = this.add(about);
        tour.resumed();
        this.watch(tour);
      }
    }
    if (this.provider.listen) this.subscribe();
  }

  close() {
    this.closed = true;
    this.stop();
    this.tours.forEach((tour) => tour.leave());
  }

  /** The SDK may come late, or be replaced by another object as it loads. */
  subscribe() {
    const attempt = () => this.listen(sdkOf(this.provider, this.options.sdk));
    const attempts = setInterval(attempt, SECOND / 4);
    this.stop = () => clearInterval(attempts);
    attempt();
  }

  /** Answers whether what the SDK tells is heard. */
  listen(sdk) {
    if (sdk === undefined || sdk === this.heard || this.closed || !this.provider.listen) {
      return this.isHeard;
    }
    this.stop();
    this.stop = () => {};
    this.heard = sdk;
    this.isHeard = false;
    try {
      const stop = this.provider.listen(sdk, (...told) => this.told(...told));
      this.stop = guarded(stop);
      this.isHeard = true;
    } catch (cause) {
      this.problem(`${this.options.provider} does not tell what its tours do`, cause);
    }
    return this.isHeard;
  }

  add(about) {
    this.tours.get(about.flowId)?.vanished(); // The flow begins anew.
    this.tours.delete(about.flowId);
    const tour = new Tour(about, (body) => this.link.report(body));
    this.tours.set(about.flowId, tour);
    if (this.tours.size > REMEMBERED) {
      const [oldest] = this.tours.keys();
      this.tours.get(oldest).vanished();
      this.tours.delete(oldest);
    }
    return tour;
  }

  keep() {
    const abouts = [...this.tours.values()]
      .filter((tour) => tour.state === 'shown' && !tour.isGone)
      .map((tour) => tour.about);
    writeJson(this.memory, this.key, abouts.slice(-KEPT_AT_MOST));
  }

  /** The provider tells of a tour, under one id or several. */
  told(ids, outcome, more) {
    if (this.closed) return;
    const names = [ids].flat().filter(isId).map(String);
    if (names.length === 0) return;
    const known = names.map((name) => this.tours.get(name)).find((tour) => tour !== undefined);
    const begins = outcome === 'shown' || outcome === 'step';
    const isNew = known === undefined || (known.state === 'over' && outcome === 'shown');
    if (isNew && !(begins && this.session())) return;
    const tour = isNew ? this.foreign(names[0]) : known;
    tour[outcome](more);
    this.keep();
  }

  foreign(flowId) {
    const id = `foreign-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    return this.add({ id, flowId, session: this.session(), foreign: true, at: Date.now() });
  }

  /** Starts the trigger's tour as the page has asked for, and reports what becomes of it. */
  async start(trigger) {
    const { id, flow_id: flowId, session_id: session } = trigger;
    const tour = this.add({ id, flowId, session, at: Date.now() });
    const { start, provider } = this.options;
    const begins = (sdk) => {
      if (this.closed) throw new Error('the page has closed the client');
      if (this.session() !== session) throw new Error('the visitor has left the session');
      return !this.isOwn && this.listen(sdk);
    };
    try {
      if (this.isOwn) await startOwn(start, trigger, tour, begins, this.options);
      else await startAt(provider, this.provider, tour, begins, this.options);
    } catch (cause) {
      if (tour.state !== 'shown') tour.failed(textOf(cause));
      this.problem(`tour "${flowId}" did not start`, cause);
    }
    if (this.provider === undefined) return;
    this.keep();
    if (this.provider.listen === undefined) this.watch(tour);
  }

  /**
   * A provider that tells nothing is asked whether the tour is there: later, and no longer. One that
   * tells is asked on the next page, where it may have told before anybody listened.
   */
  async watch(tour) {
    const { isShown, listen } = this.provider;
    if (isShown === undefined) return;
    const { flowId } = tour.about;
    const until = elapsed() + WATCHED_FOR;
    while (tour.state !== 'over') {
      await sleep(SECOND);
      if (this.closed || this.tours.get(flowId) !== tour || (listen && tour.isRunning)) return;
      const sdk = sdkOf(this.provider, this.options.sdk);
      const shown = sdk && guarded(isShown)(sdk, flowId);
      if (shown && !tour.isRunning) {
        tour.shown();
        tour.keepReporting();
        this.keep();
      } else if (tour.isRunning && shown === false) {
        tour.vanished();
        this.keep();
        return;
      } else if (!tour.isRunning && elapsed() > until) return;
    }
  }
}
