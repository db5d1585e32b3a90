import { isOnScreen } from '../page.js';

const SURFACE = '#usertour-widget .usertour-widget-surface';

/**
 * Its start is fulfilled where its server refuses, and it calls a flow started before anything is
 * on the screen. How a flow ended is known to its server alone, which sends webhooks.
 */
export const usertour = {
  global: 'usertour',
  isLoaded: (sdk) => sdk._stubbed !== true && typeof sdk.start === 'function',
  obstacle: (sdk) => (sdk.isIdentified?.() === false ? 'no user is identified' : ''),
  start: (sdk, id) => Promise.resolve(sdk.start(id)).then(() => true),
  isStarted: (sdk, id) => sdk.isStarted?.(id) === true,
  isBusy: () => isOnScreen(SURFACE),
  isShown: (sdk, id) => (sdk.isStarted ? sdk.isStarted(id) && isOnScreen(SURFACE) : undefined),
};
