/** How each provider starts a tour by its id: the global it lives in, and the call. */
export const providers = {
  usertour: { global: 'usertour', start: (sdk, id) => sdk.start(id) },
  userflow: { global: 'userflow', start: (sdk, id) => sdk.start(id) },
  userpilot: { global: 'userpilot', start: (sdk, id) => sdk.trigger(id) },
  appcues: { global: 'Appcues', start: (sdk, id) => sdk.show(id) },
  pendo: { global: 'pendo', start: (sdk, id) => sdk.showGuideById(id) },
  chameleon: { global: 'chmln', start: (sdk, id) => sdk.show(id) },
  userguiding: { global: 'userGuiding', start: (sdk, id) => sdk.previewGuide(id) },
  intercom: { global: 'Intercom', start: (sdk, id) => sdk('startTour', numeric(id)) },
  jimo: {
    global: 'jimo',
    start: (sdk, id) => void sdk.push(['do', 'boosted:trigger', [{ evolutionId: id }]]),
  },
  usetiful: { global: 'USETIFUL', start: (sdk, id) => sdk.tour.start(id) },
  productfruits: { global: 'productFruits', start: (sdk, id) => sdk.api.tours.tryStartTour(id) },
  posthog: {
    global: 'posthog',
    start: (sdk, id) => sdk.productTours.showProductTour(id),
  },
  // driver.js knows no tour ids: what an id means is the page's own `start` function.
  driver: { own: true },
};

function numeric(id) {
  if (!/^\d+$/.test(id)) {
    throw new Error(`Intercom's tour ids are numbers, not "${id}"`);
  }
  return Number(id);
}
