import { invite } from './invitation.js';
import { SECOND, elapsed, guarded, readJson, sleep, storage, textOf, writeJson } from './page.js';
import { providers } from './providers.js';
import { isTourOnScreen } from './screen.js';
import { ready, sdkOf, startAt, startOwn } from './start.js';
import { Tour } from './tour.js';

const KEPT = 'tourmaline:tours';
const KEPT_FOR = 30 * 60 * SECOND;
const KEPT_AT_MOST = 20;
const REMEMBERED = 100;
const WATCHED_FOR = 60 * SECOND;
const LONGEST_ID = 512;
const EXPECTED_FOR = 30 * SECOND;

const isId = (id) =>
  Number.isFinite(id) || (typeof id === 'string' && /\S/.test(id) && id.length <= LONGEST_ID);

/**
 * The tours of this page: those of triggers, and those that the provider starts by itself. A
 * provider's tour outlives its page, so the next page of the tab goes on reporting it.
 */
export class PageTours {
  constructor(options, session, link, preferences, problem) {
    this.options = { startWithin: 30 * SECOND, confirmWithin: 10 * SECOND, ...options };
    this.isOwn = typeof options.start === 'function';
    this.provider = this.isOwn ? undefined : providers[options.provider];
    this.session = session;
    this.link = link;
    this.preferences = preferences;
    this.problem = problem;
    this.memory = storage('sessionStorage');
    this.key = `${KEPT}:${options.product}`;
    this.tours = new Map();
    this.expected = new Map(); // flows that the visitor opens himself, and until when
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

  /** Whether a tour, or an invitation, may be on the screen, but for that one. */
  isBusy(except) {
    const others = [...this.tours.values()].filter((tour) => tour !== except);
    return (
      others.some((tour) => tour.mayBeOpen) || isTourOnScreen(this.provider, this.options.sdk)
    );
  }

  /** The visitor himself opens a tour of the provider: the next start of that flow is his. */
  expect(flowId) {
    this.expected.set(String(flowId), elapsed() + EXPECTED_FOR);
  }

  isExpected(names) {
    return names.some((name) => elapsed() < (this.expected.get(name) ?? -Infinity));
  }

  keep() {
    if (this.isForgotten) return;
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
    const isVisitors = begins && (more?.byVisitor === true || this.isExpected(names));
    const isNew =
      known === undefined ||
      (outcome === 'shown' && (known.state === 'over' || (isVisitors && !known.mayBeOpen)));
    if (isNew && !(begins && this.session())) return;
    const tour = isNew ? this.foreign(names[0], isVisitors) : known;
    if (isNew && isVisitors) names.forEach((name) => this.expected.delete(name));
    tour[outcome](more);
    this.keep();
  }

  foreign(flowId, byVisitor) {
    const id = `foreign-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    const about = { id, flowId, session: this.session(), foreign: true, at: Date.now() };
    return this.add(byVisitor ? { ...about, byVisitor } : about);
  }

  /** The page may keep nothing any more. */
  forget() {
    this.isForgotten = true;
    this.close();
  }

  /**
   * Starts the trigger's tour once the guard lets it, and reports what becomes of it.
   *
   * @param claim answers, as a promise, whether this tab may have the trigger
   */
  async start(trigger, guard, claim) {
    const { id, flow_id: flowId, session_id: session } = trigger;
    const make = () => this.add({ id, flowId, session, at: Date.now() });
    let isClaimed = false;
    let tour; // once the visitor was invited
    for (;;) {
      if (!(await guard.clear(tour))) return this.unable(tour, guard);
      let sdk;
      try {
        sdk = this.isOwn ? undefined : await this.sdkFor(flowId, guard);
      } catch (cause) {
        if (guard.isWanted() && guard.obstacle(tour) === '' && (isClaimed || (await claim()))) {
          this.failed(tour ?? make(), cause);
        } else this.unable(tour, guard);
        return;
      }
      let isClear = guard.isClear(tour);
      isClaimed ||= isClear && (await claim(() => (isClear = guard.isClear(tour))));
      // From here to the start nothing else runs, so what holds now holds then.
      if (!isClear || !guard.isClear(tour)) continue;
      if (!isClaimed) return guard.tell('left: another tab has it');
      if (guard.terms.isInvite && tour === undefined) {
        tour = make();
        if (!(await this.isAccepted(trigger, guard, tour))) return;
        guard.prolong();
        continue;
      }
      guard.tell('begins');
      return this.begin(trigger, tour ?? make(), sdk);
    }
  }

  /** The SDK, as soon as it would start the tour. */
  sdkFor(flowId, guard) {
    const { provider, sdk, startWithin } = this.options;
    const until = Math.min(elapsed() + startWithin, guard.until);
    guard.tell('waits: its provider is not ready');
    return ready(provider, this.provider, sdk, flowId, {
      until,
      within: until < guard.until ? startWithin : guard.within,
      isOver: () => guard.isOver,
    });
  }

  async isAccepted(trigger, guard, tour) {
    guard.tell('invites');
    const answer = await invite(this.options, trigger, guard, tour, this.problem);
    guard.tell(`invitation: ${answer}`);
    if (answer === 'accepted') return true;
    tour.withdraw();
    if (answer === 'opted_out') this.preferences.optOut();
    return false;
  }

  /** Its time is over: nobody has missed it, unless the visitor was promised it. */
  unable(tour, guard) {
    guard.tell('withdrawn');
    if (tour === undefined) return;
    if (guard.isWanted()) tour.failed(`after the invitation: ${guard.obstacle(tour) || 'too late'}`);
    else tour.withdraw();
  }

  async begin(trigger, tour, sdk) {
    try {
      if (this.isOwn) await startOwn(this.options.start, trigger, tour, this.options);
      else {
        const { provider } = this.options;
        await startAt(provider, this.provider, sdk, this.listen(sdk), tour, this.options);
      }
    } catch (cause) {
      this.failed(tour, cause);
    }
    if (this.provider === undefined) return;
    this.keep();
    if (this.provider.listen === undefined) this.watch(tour);
  }

  failed(tour, cause) {
    if (tour.state !== 'shown') tour.failed(textOf(cause));
    this.problem(`tour "${tour.about.flowId}" did not start`, cause);
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
