import { page } from '../page.js';

const OUTCOMES = { started: 'shown', completed: 'completed', dismissed: 'dismissed' };

/** Its npm package is a wrapper that queues calls until the SDK is there. */
const isWrapper = (sdk) => typeof sdk.load === 'function' && typeof sdk.loaded === 'function';

export const userpilot = {
  global: 'userpilot',
  isLoaded: (sdk) => (isWrapper(sdk) ? sdk.loaded() : typeof sdk.trigger === 'function'),
  obstacle: () => Promise.resolve(page.userpilotV2SDKInitialization).then(() => ''),
  start: (sdk, id) => void sdk.trigger(id),
  listen(sdk, tell) {
    let stopped = false;
    const on = (name, told) => sdk.on(name, (event) => stopped || told(event ?? {}));
    for (const [name, outcome] of Object.entries(OUTCOMES)) {
      on(name, ({ token, id }) => tell([token, id], outcome));
    }
    on('step', ({ token, id, step }) => step > 1 && tell([token, id], 'step', step));
    return () => (stopped = true); // Its `off` would silence the page's own listeners too.
  },
};
