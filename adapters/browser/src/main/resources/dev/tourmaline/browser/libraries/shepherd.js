import { flowOf, runOf } from './flows.js';

/** A start function for Shepherd. A flow is a Tour, or a function that makes one. */
export function shepherdTours(flows) {
  return (flowId, trigger, tour) =>
    new Promise((shown, failed) => {
      const guide = flowOf(flows, flowId);
      // Without steps it would be completed at once.
      if (!guide.steps?.length) throw new Error(`the tour "${flowId}" has no steps`);
      let isSeen = false;
      let isOver = false;
      const undo = [];
      function on(source, name, listener) {
        source.on(name, listener);
        undo.push(() => source.off(name, listener));
      }
      // A step's `show` comes when it is there, the tour's before; one may come after the end.
      function seen() {
        const index = guide.steps.indexOf(guide.getCurrentStep());
        if (isOver || !guide.isActive()) return;
        shown(true);
        if (isSeen) tour.step(index + 1);
        else tour.shown();
        isSeen = true;
      }
      const over = (end) => () => {
        if (isOver) return;
        isOver = true;
        setTimeout(() => undo.forEach((one) => one())); // At once, the next listener is left out.
        if (isSeen) end();
        else failed(new Error(`the tour "${flowId}" was ended before it was seen`));
      };
      runOf(guide, over(tour.dismissed));
      guide.steps.forEach((step) => on(step, 'show', seen));
      on(guide, 'complete', over(tour.completed));
      on(guide, 'cancel', over(tour.dismissed));
      Promise.resolve(guide.start()).catch(failed);
    });
}
