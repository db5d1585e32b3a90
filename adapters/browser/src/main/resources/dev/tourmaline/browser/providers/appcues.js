import { guarded } from '../page.js';

const ENDS = { flow_completed: 'completed', flow_skipped: 'dismissed', flow_aborted: 'failed' };

/** Its account script leaves an array that queues calls, until the SDK takes its place. */
export const appcues = {
  global: 'Appcues',
  isLoaded: (sdk) => !Array.isArray(sdk) && typeof sdk.show === 'function',
  start: (sdk, id) => Promise.resolve(sdk.show(id)).then(() => true),
  listen(sdk, tell) {
    const steps = new Map();
    const heard = {
      flow_started: ({ flowId }) => {
        steps.set(flowId, 0);
        tell(flowId, 'shown');
      },
      step_started: ({ flowId }) => {
        const step = (steps.get(flowId) ?? 0) + 1;
        steps.set(flowId, step);
        if (step > 1) tell(flowId, 'step', step);
      },
    };
    for (const [name, outcome] of Object.entries(ENDS)) {
      heard[name] = ({ flowId }) => tell(flowId, outcome);
    }
    const listeners = Object.entries(heard).map(([name, one]) => [name, guarded(one)]);
    listeners.forEach(([name, listener]) => sdk.on(name, listener));
    return () => listeners.forEach(([name, one]) => sdk.off(name, one));
  },
};
