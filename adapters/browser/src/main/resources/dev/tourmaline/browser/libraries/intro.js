import { SECOND, elapsed, isOnScreen, page } from '../page.js';
import { chained, flowOf, runOf } from './flows.js';

const APPEARS_WITHIN = 3 * SECOND;

/** It keeps one callback of a kind, so the page's own is called from ours: of version 8, of 7. */
function chain(guide, name, ours) {
  const field = `_intro${name[0].toUpperCase()}${name.slice(1)}Callback`;
  const own = typeof guide.callback === 'function' ? guide.callback(name) : guide[field];
  guide[`on${name.toLowerCase()}`](chained(ours, own));
}

function made(flow) {
  if (!Array.isArray(flow)) return flow;
  const guide = (page.introJs.tour ?? page.introJs)();
  guide.setOptions({ steps: flow });
  return guide;
}

/**
 * A start function for intro.js. A flow is a list of steps, or what `introJs.tour()` makes; best a
 * function that makes it, for version 8 shows each only once.
 */
export function introTours(flows) {
  return (flowId, trigger, tour) =>
    new Promise((shown, failed) => {
      const guide = made(flowOf(flows, flowId));
      let isSeen = false;
      let isOver = false;
      let isComplete = false;
      let last;
      const current = () => (guide.getCurrentStep ?? guide.currentStep).call(guide);

      function seen() {
        const index = current();
        if (isOver || !isOnScreen('.introjs-tooltip') || (isSeen && index === last)) return;
        last = index;
        shown(true);
        if (isSeen) tour.step(index + 1);
        else tour.shown();
        isSeen = true;
      }
      function over() {
        if (isOver) return;
        isOver = true;
        if (!isSeen) failed(new Error(`the tour "${flowId}" was ended before it was seen`));
        else if (isComplete) tour.completed();
        else tour.dismissed();
      }
      runOf(guide, over);
      // Its callback comes some frames before the tooltip.
      function look(until = elapsed() + APPEARS_WITHIN) {
        seen();
        if (isOver || (isSeen && last === current())) return;
        if (elapsed() < until) setTimeout(() => look(until), 20);
        else if (!isSeen) failed(new Error(`the tour "${flowId}" did not appear`));
      }
      chain(guide, 'afterChange', () => look());
      chain(guide, 'complete', (index, reason) => (isComplete = reason !== 'skip'));
      chain(guide, 'exit', over);
      Promise.resolve(guide.start()).then(() => look(), failed);
    });
}
