import { SECOND, elapsed, guarded, page, sleep, textOf } from './page.js';

const LOOK_EVERY = SECOND / 4;
const ASK_EVERY = SECOND;

const never = () => new Promise(() => {});

/** The provider's SDK, if it is there itself and not a loader in its stead. */
export function sdkOf(provider, given) {
  return guarded(() => {
    const sdk = given ?? page[provider.global];
    return sdk !== undefined && sdk !== null && provider.isLoaded(sdk) ? sdk : undefined;
  })();
}

async function obstacleOf(provider, sdk, flowId) {
  try {
    return (await provider.obstacle?.(sdk, flowId)) ?? '';
  } catch (cause) {
    return textOf(cause);
  }
}

/**
 * Waits until the provider would start the tour; throws what stood in the way till the end.
 *
 * @param patience until and within, which is the same as a span, and isOver() where nobody waits
 */
export async function ready(name, provider, given, flowId, { until, within, isOver }) {
  let why = `its SDK has not loaded (window.${provider.global})`;
  let isLate = false;
  const late = sleep(until - elapsed()).then(() => (isLate = true));
  while (!isLate && !isOver()) {
    const sdk = sdkOf(provider, given);
    if (sdk === undefined) {
      await Promise.race([sleep(LOOK_EVERY), late]);
      continue;
    }
    why = 'it does not answer whether it is ready';
    const obstacle = await Promise.race([obstacleOf(provider, sdk, flowId), late]);
    if (obstacle === '') return sdk;
    if (!isLate) why = obstacle;
    await Promise.race([sleep(ASK_EVERY), late]);
  }
  throw new Error(`${name} was not ready within ${within / SECOND} s: ${why}`);
}

/** What the provider says of the tour; undefined where it cannot, or throws. */
const ask = guarded((provider, question, ...args) => provider[question]?.(...args));

/** Looks at the screen until the tour has appeared, wherever the word of it comes from first. */
async function appears(tour, provider, sdk, isHeard, patience) {
  const { flowId } = tour.about;
  const until = elapsed() + patience;
  let canTell = isHeard;
  while (tour.state === 'asked' && elapsed() < until) {
    const shown = ask(provider, 'isShown', sdk, flowId);
    canTell ||= shown !== undefined;
    if (shown) tour.shown();
    else await Promise.race([sleep(LOOK_EVERY), tour.appeared]);
  }
  return canTell && !provider.hintsOnly;
}

/**
 * Starts a tour at its provider. It counts as shown only when it was seen, or announced; where the
 * provider can tell and does not, as failed, though it may still appear; else as unconfirmed.
 *
 * @param isHeard whether what the SDK tells is heard
 */
export async function startAt(name, provider, sdk, isHeard, tour, { confirmWithin }) {
  const { flowId } = tour.about;
  let isAnswered = false;
  const asked = Promise.resolve(provider.start(sdk, flowId)).then((result) => {
    if (result === false) throw new Error(`${name} refused to start it`);
    isAnswered = true;
  });
  const hasSigns = isHeard || provider.isShown !== undefined;
  const canTell = hasSigns
    ? await Promise.race([appears(tour, provider, sdk, isHeard, confirmWithin), asked.then(never)])
    : await Promise.race([asked, sleep(confirmWithin)]).then(() => false);
  if (tour.state !== 'asked') return;
  const isStarted = ask(provider, 'isStarted', sdk, flowId) ?? false;
  if (!isStarted && (canTell || !isAnswered)) {
    const what = canTell ? 'show it' : 'answer';
    throw new Error(`${name} did not ${what} within ${confirmWithin / SECOND} s`);
  }
  tour.unconfirmed();
}

/** Starts a tour by the page's own function, which may say itself that the tour is shown. */
export async function startOwn(start, trigger, tour, { startWithin }) {
  const { flowId } = tour.about;
  let isLate = false;
  const late = sleep(startWithin).then(() => (isLate = true));
  const started = (async () => start(flowId, trigger, tour.handle))();
  started.then((result) => result === true && tour.shown(), () => {});
  const result = await Promise.race([started, late, tour.appeared]);
  if (tour.state !== 'asked') return;
  if (isLate) throw new Error(`the start function did not answer within ${startWithin / SECOND} s`);
  if (result === false) throw new Error('the start function refused it');
  if (result === true) tour.shown();
  else tour.unconfirmed();
}
