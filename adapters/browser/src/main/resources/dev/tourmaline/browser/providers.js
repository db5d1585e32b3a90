import { appcues } from './providers/appcues.js';
import { chameleon } from './providers/chameleon.js';
import { intercom } from './providers/intercom.js';
import { jimo } from './providers/jimo.js';
import { pendo } from './providers/pendo.js';
import { posthog } from './providers/posthog.js';
import { productfruits } from './providers/productfruits.js';
import { userflow } from './providers/userflow.js';
import { userguiding } from './providers/userguiding.js';
import { userpilot } from './providers/userpilot.js';
import { usertour } from './providers/usertour.js';
import { usetiful } from './providers/usetiful.js';

/**
 * How each provider is asked for a tour, and how it tells what becomes of it:
 *
 *   global              the name of its SDK on the page
 *   isLoaded(sdk)       the SDK itself is there, not a loader that queues calls
 *   obstacle(sdk, id)   why a start would be in vain now, or '', or a promise of either
 *   start(sdk, id)      asks for the tour; throws, rejects or answers false where it is refused
 *   isShown(sdk, id)    the tour is on the screen; undefined where that cannot be told
 *   isBusy(sdk)         some tour of the provider is on the screen, whoever started it
 *   isStarted(sdk, id)  the provider calls it started, which nobody has seen
 *   listen(sdk, tell)   tells of every tour, also of those that we did not start; answers how to
 *                       stop: tell(id, 'shown' | 'step' | 'completed' | 'dismissed' | 'failed' |
 *                       'vanished', more), an id being one or several, more the step counted from 1,
 *                       why it failed, or { byVisitor } where the visitor has started it himself
 *   hintsOnly           its silence proves nothing: the tour may be there all the same
 *
 * Only global, isLoaded and start are required.
 */
export const providers = {
  usertour,
  userflow,
  userpilot,
  appcues,
  pendo,
  chameleon,
  userguiding,
  intercom,
  jimo,
  usetiful,
  productfruits,
  posthog,
};
