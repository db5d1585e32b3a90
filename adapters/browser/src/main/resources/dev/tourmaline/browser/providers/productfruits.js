import { numeric } from './ids.js';

const tourOf = (sdk, id) => sdk.api.tours.getTours?.()?.find((tour) => String(tour.id) === id);

/** Its loader leaves an object without `api`. Rules of the tour hold a start back silently. */
export const productfruits = {
  global: 'productFruits',
  isLoaded: (sdk) => typeof sdk.api?.tours?.tryStartTour === 'function',
  async obstacle({ api: { tours } }, id) {
    const number = numeric(id, 'Product Fruits');
    const known = tours.getTours?.();
    if (known && !known.some((tour) => tour.id === number)) return `it has no tour "${id}"`;
    return (await tours.isTourEligible?.(number)) === 'not_eligible'
      ? 'the visitor is not eligible for it'
      : '';
  },
  start: (sdk, id) => void sdk.api.tours.tryStartTour(numeric(id, 'Product Fruits')),
  isShown: (sdk, id) => tourOf(sdk, id)?.isRunning,
  isBusy: (sdk) => sdk.api.tours.getTours?.()?.some((tour) => tour.isRunning) === true,
  listen(sdk, tell) {
    const cards = new Map();
    function advanced(id, card) {
      const { current, step } = cards.get(id) ?? { step: 0 };
      if (step > 0 && current === card?.currentCardId) return; // The same card, drawn again.
      cards.set(id, { current: card?.currentCardId, step: step + 1 });
      if (step === 0) tell(id, 'shown');
      else tell(id, 'step', step + 1);
    }
    function ended(id, outcome) {
      cards.delete(id);
      tell(id, outcome);
    }
    const { tours } = sdk.api;
    const stops = [
      tours.listen('tour-advanced', advanced),
      tours.listen('tour-finished', (id) => ended(id, 'completed')),
      tours.listen('tour-skipped', (id) => ended(id, 'dismissed')),
    ];
    return () => stops.forEach((stop) => typeof stop === 'function' && stop());
  },
};
