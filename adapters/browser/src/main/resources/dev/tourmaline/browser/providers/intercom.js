import { isOnScreen } from '../page.js';
import { numeric } from './ids.js';

const FRAME = 'iframe.intercom-tour-frame';

/** Says nothing of tours. The frame that it shows them in is internal: it may tell, or be gone. */
export const intercom = {
  global: 'Intercom',
  hintsOnly: true,
  isLoaded: (sdk) => sdk.booted === true,
  start: (sdk, id) => void sdk('startTour', numeric(id, 'Intercom')),
  isShown: () => isOnScreen(FRAME) || undefined,
  isBusy: () => isOnScreen(FRAME),
};
