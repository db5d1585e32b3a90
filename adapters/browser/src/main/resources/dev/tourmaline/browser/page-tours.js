import { SECOND, readJson, sleep, storage, writeJson } from './page.js';
import { providers } from './providers.js';
import { sdkOf, startAt, startOwn } from './start.js';
import { Tour } from './tour.js';

const KEPT = 'tourmaline:tours';
const KEPT_FOR = 30 * 60 * SECOND;
const KEPT_AT_MOST = 20;
const REMEMBERED = 100;
const WATCHED_FOR = 60 * SECOND;

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
    this.tours = new Map();
    this.stop = () => {};
  }

  open() {
    if (this.provider === undefined) return;
    for (const about of readJson(this.memory, KEPT, [])) {
      if (Date.now() - about.at < KEPT_FOR) {
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
    this.tours.forEach((tour) => tour.vanished());
  }

  /** The SDK may come late, or be replaced by another object as it loads. */
  subscribe() {
    const attempt = () => this.listen(sdkOf(this.provider, this.options.sdk));
    this.attempts = setInterval(attempt, SECOND / 4);
    this.stop = () => clearInterval(this.attempts);
    attempt();
  }

  listen(sdk) {
    if (sdk === undefined || this.isListening || this.closed || !this.provider.listen) return;
    this.isListening = true;
    clearInterval(this.attempts);
    try {
      const stop = this.provider.listen(sdk, (...told) => this.told(...told));
      this.stop = () => this.guard(stop);
    } catch (cause) {
      this.problem(`${this.options.provider} does not tell what its tours do`, cause);
    }
  }

  guard(action) {
    try {
      return action();
    } catch {
      return undefined; // A provider's fault disturbs neither the page nor other tours.
    }
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
    writeJson(this.memory, KEPT, abouts.slice(-KEPT_AT_MOST));
  }

  /** The provider tells of a tour, under one id or several. */
  told(ids, outcome, step) {
    if (this.closed) return;
    const names = [ids].flat().filter((id) => id !== undefined && id !== null).map(String);
    if (names.length === 0) return;
    const known = names.map((name) => this.tours.get(name)).find((tour) => tour !== undefined);
    const begins = outcome === 'shown' || outcome === 'step';
    const isNew = known === undefined || (known.state === 'over' && outcome === 'shown');
    if (isNew && !begins) return;
    const tour = isNew ? this.foreign(names[0]) : known;
    tour[outcome](step);
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
    const listen = (sdk) => this.listen(sdk);
    try {
      if (this.isOwn) await startOwn(start, trigger, tour, this.options);
      else await startAt(provider, this.provider, tour, listen, this.options);
    } catch (cause) {
      if (tour.state !== 'shown') tour.failed(cause?.message ?? cause);
      this.problem(`tour "${flowId}" did not start`, cause);
    }
    if (this.provider === undefined) return;
    this.keep();
    this.watch(tour);
  }

  /** A provider that tells nothing is asked whether the tour is there: later, and no longer. */
  async watch(tour) {
    const { isShown, listen } = this.provider;
    if (isShown === undefined || listen !== undefined) return;
    const until = Date.now() + WATCHED_FOR;
    while (!this.closed && tour.state !== 'over') {
      await sleep(SECOND);
      const sdk = sdkOf(this.provider, this.options.sdk);
      const shown = sdk && this.guard(() => isShown(sdk, tour.about.flowId));
      if (shown && !tour.isRunning) {
        tour.shown();
        tour.keepReporting();
        this.keep();
      } else if (tour.isRunning && shown === false) {
        tour.vanished();
        this.keep();
        return;
      } else if (!tour.isRunning && Date.now() > until) return;
    }
  }
}
