import { guarded, isRendered, page } from './page.js';
import { providers } from './providers.js';
import { sdkOf } from './start.js';

/** The steps of tours of libraries and providers, as they stand in the page while they are shown. */
const STEPS = [
  '.driver-popover, .driver-overlay', // driver.js
  '#driver-popover-item', // driver.js before 1.0
  '.shepherd-element',
  '.introjs-tooltip',
  '.react-joyride__tooltip',
  '#pendo-guide-container',
  'appcues-layer, appcues-container',
].join();

const isBusy = guarded((provider, given) => {
  const sdk = provider.isBusy && sdkOf(provider, given);
  return Boolean(sdk) && provider.isBusy(sdk);
});

/** Whether any tour is on the screen, whoever has started it, as far as the page tells. */
export const isTourOnScreen = (own, sdk) =>
  [...page.document.querySelectorAll(STEPS)].some(isRendered) ||
  Object.values(providers).some((provider) => isBusy(provider, provider === own ? sdk : undefined));
