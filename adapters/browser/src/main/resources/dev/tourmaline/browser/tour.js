import { SECOND, page, sleep } from './page.js';
import { providers } from './providers.js';

const RUNNING_EVERY = 30 * SECOND;
const RUNNING_AT_MOST = 30 * 60 * SECOND;
const PROVIDER_PATIENCE = 10 * SECOND;

/**
 * What the page reports of its tour. Every method may be called at any time, and again.
 * Only a page's own function can say when its tour ends; with a provider, silence ends it.
 */
function handleOf(trigger, report, isOwn) {
  let isShown = false;
  let isOver = false;
  let running;

  function shown() {
    if (isShown || isOver) return;
    isShown = true;
    report('shown');
    if (!isOwn) return;
    const since = Date.now();
    running = setInterval(() => {
      if (Date.now() - since > RUNNING_AT_MOST) clearInterval(running);
      else report('running');
    }, RUNNING_EVERY);
  }

  function end(outcome) {
    if (isOver) return;
    if (outcome !== 'failed') shown();
    isOver = true;
    clearInterval(running);
    report(outcome);
  }

  return {
    id: trigger.id,
    flowId: trigger.flow_id,
    shown,
    step(number) {
      shown();
      if (!isOver) report('step', number);
    },
    completed: () => end('completed'),
    dismissed: () => end('dismissed'),
    failed: () => end('failed'),
  };
}

async function startAt(provider, sdkOfPage, flowId) {
  const sdk = () => sdkOfPage ?? page[provider.global];
  const until = Date.now() + PROVIDER_PATIENCE;
  while (sdk() === undefined && Date.now() < until) await sleep(SECOND / 10);
  if (sdk() === undefined) throw new Error(`${provider.global} is not on this page`);
  return provider.start(sdk(), flowId);
}

/** Starts the trigger's tour as the page has asked for, and reports what becomes of it. */
export async function startTour(trigger, options, link, problem) {
  const { start, provider, sdk } = options;
  const isOwn = typeof start === 'function';
  const report = (outcome, step) => {
    const body = { id: trigger.id, session_id: trigger.session_id, outcome };
    if (Number.isInteger(step) && step >= 0) body.step = step;
    link.report(body);
  };
  const tour = handleOf(trigger, report, isOwn);
  try {
    const result = isOwn
      ? await start(trigger.flow_id, trigger, tour)
      : await startAt(providers[provider], sdk, trigger.flow_id);
    if (result === false) tour.failed();
    else tour.shown();
  } catch (cause) {
    tour.failed();
    problem(`tour "${trigger.flow_id}" did not start`, cause);
  }
}
