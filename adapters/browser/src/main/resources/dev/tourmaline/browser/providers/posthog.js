import { guarded, isOnScreen, page } from '../page.js';

const CONTAINER = 'ph-product-tour-container-';
const ANY_CONTAINER = `[class^="${CONTAINER}"]`;
const CLICKED = 'trigger'; // The visitor has clicked what the tour is tied to.
const NOT_THE_VISITORS = ['element_unavailable', 'container_unavailable'];

const containerOf = (id) => page.document.querySelector(`.${CONTAINER}${CSS.escape(id)}`);
const isTourOnScreen = (id) => isOnScreen('*', containerOf(id)?.shadowRoot ?? null);
const toursOnScreen = () =>
  [...page.document.querySelectorAll(ANY_CONTAINER)]
    .map(({ className }) => className.slice(CONTAINER.length).split(' ')[0])
    .filter(isTourOnScreen);
const endOfDismissal = (reason) =>
  NOT_THE_VISITORS.includes(reason) ? ['failed', reason] : ['dismissed'];
const answerOf = (ask) => new Promise((answer) => ask((tours, state) => answer([tours, state])));

/**
 * Starts nothing and says nothing while its tours are not loaded, and later shows what it was
 * asked for meanwhile. Its events are missing where the visitor opted out of capture, so the end
 * is heard from the DOM too; a banner without a place is announced as shown, so the screen counts.
 */
export const posthog = {
  global: 'posthog',
  isLoaded: (sdk) => !Array.isArray(sdk) && sdk.__loaded === true && Boolean(sdk.productTours),
  async obstacle({ productTours }, id) {
    const [, state] = await answerOf((ask) => productTours.getActiveProductTours(ask));
    if (!state?.isLoaded) return state?.error || 'its tours are not loaded';
    const [tours] = await answerOf((ask) => productTours.getProductTours(ask));
    if (!tours.some((tour) => String(tour.id) === id)) return `it has no tour "${id}"`;
    return page.document.querySelector(ANY_CONTAINER)
      ? 'another of its tours is on the screen'
      : '';
  },
  start: (sdk, id) => void sdk.productTours.showProductTour(id),
  isShown: (sdk, id) => isTourOnScreen(id),
  isBusy: () => toursOnScreen().length > 0,
  listen(sdk, tell) {
    // One that it launched may be there before anybody listened.
    for (const id of toursOnScreen()) tell(id, 'shown');
    const captured = guarded(({ event, properties }) => {
      const id = properties.$product_tour_id;
      const order = properties.$product_tour_step_order;
      if (event === 'product tour shown' && isTourOnScreen(id)) {
        tell(id, 'shown', { byVisitor: properties.$product_tour_render_reason === CLICKED });
      }
      if (event === 'product tour step shown' && order > 0) tell(id, 'step', order + 1);
      if (event === 'product tour step selector failed' && order === 0) {
        const error = properties.$product_tour_error;
        if (error !== 'multiple_matches') tell(id, 'failed', `its first element: ${error}`);
      }
      if (event === 'product tour completed') tell(id, 'completed');
      if (event === 'product tour dismissed') {
        tell(id, ...endOfDismissal(properties.$product_tour_dismiss_reason));
      }
    });
    const stopCaptured = sdk.on('eventCaptured', captured);
    const completed = ({ detail }) => tell(detail.tourId, 'completed');
    const dismissed = ({ detail }) => tell(detail.tourId, ...endOfDismissal(detail.reason));
    page.addEventListener('PHProductTourCompleted', completed);
    page.addEventListener('PHProductTourDismissed', dismissed);
    return () => {
      if (typeof stopCaptured === 'function') stopCaptured();
      page.removeEventListener('PHProductTourCompleted', completed);
      page.removeEventListener('PHProductTourDismissed', dismissed);
    };
  },
};
