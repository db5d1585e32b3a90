import { SECOND, guarded } from '../page.js';

const GONE_FOR = 4; // Between two steps there is none on the screen for less than a second.

/** While a step's content is on its way Pendo calls the guide shown, but not its step rendered. */
function rendered(sdk) {
  const active = sdk.getActiveGuide();
  return active?.step?.isRendered?.() ? active : undefined;
}

/** What became of the step that was on the screen last; its earlier runs have left theirs. */
function endOf(sdk, { id, index }) {
  const steps = sdk.findGuideById(id)?.steps ?? [];
  const state = steps[index]?.seenState;
  const isLast = index === steps.length - 1;
  // The last step's own button dismisses it.
  if (isLast && (state === 'advanced' || state === 'dismissed')) return 'completed';
  return state === 'dismissed' || state === 'snoozed' ? 'dismissed' : 'vanished';
}

/** Its public events are silent on what guides do, so that is asked twice a second. */
export const pendo = {
  global: 'pendo',
  isLoaded: (sdk) => typeof sdk.showGuideById === 'function' && typeof sdk.isReady === 'function',
  obstacle(sdk, id) {
    if (!sdk.isReady()) return 'it is not initialised';
    return sdk.findGuideById(id) ? '' : `it has no guide "${id}" for this visitor and page`;
  },
  start: (sdk, id) => sdk.showGuideById(id, 'tourmaline'),
  isShown: (sdk, id) => rendered(sdk)?.guide.id === id,
  isBusy: (sdk) => rendered(sdk) !== undefined,
  listen(sdk, tell) {
    let last;
    let goneFor = 0;
    function look() {
      const active = rendered(sdk);
      if (last && (active ? active.guide.id !== last.id : ++goneFor >= GONE_FOR)) {
        tell(last.id, endOf(sdk, last));
        last = undefined;
      }
      if (!active) return;
      goneFor = 0;
      const id = active.guide.id;
      const index = active.stepIndex;
      if (!last) tell(id, 'shown');
      if (index > 0 && index !== last?.index) tell(id, 'step', index + 1);
      last = { id, index };
    }
    const timer = setInterval(guarded(look), SECOND / 2);
    return () => clearInterval(timer);
  },
};
