import { page } from '../page.js';
import { numeric } from './ids.js';

const layer = () => (page.userGuidingLayer ??= []);
const takesEvents = () => layer().push !== Array.prototype.push;

let heardOfLoad = false;
let asksForLoad = false;

/** Its snippet leaves an object whose calls wait in `q`; the layer tells of the load. */
export const userguiding = {
  global: 'userGuiding',
  isLoaded(sdk) {
    if (!asksForLoad) {
      asksForLoad = true;
      layer().push({ event: 'onload', fn: () => (heardOfLoad = true) });
    }
    return heardOfLoad || takesEvents() || !Array.isArray(sdk.q);
  },
  start: (sdk, id) => void sdk.previewGuide(numeric(id, 'UserGuiding')),
  listen(sdk, tell) {
    let stopped = false;
    function on(event, told) {
      const fn = (data) => stopped || told(data ?? {});
      layer().push({ event, fn });
    }
    on('onPreviewStart', ({ guideId }) => tell(guideId, 'shown'));
    on('onPreviewStep', ({ guideId, stepIndex }) => {
      if (stepIndex > 0) tell(guideId, 'step', stepIndex + 1);
    });
    on('onPreviewComplete', ({ guideId }) => tell(guideId, 'completed'));
    on('onPreviewDismiss', ({ guideId }) => tell(guideId, 'dismissed'));
    on('onPreviewEnd', ({ guideId, completed }) => {
      tell(guideId, completed ? 'completed' : 'dismissed');
    });
    return () => (stopped = true); // There is no way to unsubscribe.
  },
};
