import { SECOND, guarded, page } from '../page.js';
import { numeric } from './ids.js';

const ENDS = { completed: 'completed', closed: 'dismissed' };
const statesOf = (sdk) => new Map(sdk.tour.getState().map((tour) => [String(tour.id), tour]));

let heardOfFullApi = false;
let asksForFullApi = false;

function askForFullApi() {
  if (asksForFullApi) return;
  asksForFullApi = true;
  page.document.addEventListener('usetiful:fullApiReady', () => (heardOfFullApi = true));
}

/** Its events are an option of the account, so what its tours do is asked twice a second. */
export const usetiful = {
  global: 'USETIFUL',
  isLoaded(sdk) {
    askForFullApi();
    const hasFullApi = heardOfFullApi || Array.isArray(sdk.tour?.getState?.());
    return typeof sdk.tour?.start === 'function' && hasFullApi;
  },
  start: (sdk, id) => void sdk.tour.start(numeric(id, 'Usetiful')),
  isShown: (sdk, id) => statesOf(sdk).get(id)?.state === 'inProgress',
  listen(sdk, tell) {
    let before = statesOf(sdk);
    function look() {
      const now = statesOf(sdk);
      for (const [id, { state, currentStep }] of now) {
        const last = before.get(id);
        const ran = last?.state === 'inProgress';
        if (state === 'inProgress') {
          if (!ran) tell(id, 'shown');
          if (currentStep > 1 && currentStep !== last?.currentStep) tell(id, 'step', currentStep);
        } else if (ran) {
          tell(id, ENDS[state] ?? 'vanished');
        }
      }
      before = now;
    }
    const timer = setInterval(guarded(look), SECOND / 2);
    return () => clearInterval(timer);
  },
};
