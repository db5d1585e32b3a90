import { SECOND, page } from '../page.js';
import { chained, flowOf, runOf } from './flows.js';

/**
 * A start function for driver.js 1.x. A flow is a list of steps, a configuration, or a driver. Its
 * callbacks stay; closing the last step counts as completed, for driver.js does not tell the
 * difference.
 */
export function driverTours(flows, create = (config) => page.driver.js.driver(config)) {
  return (flowId, trigger, tour) =>
    new Promise((shown, failed) => {
      const flow = flowOf(flows, flowId);
      const given = typeof flow.drive === 'function' ? flow : undefined;
      const own = given ? { ...given.getConfig() } : Array.isArray(flow) ? { steps: flow } : flow;
      if (!own.steps?.length) throw new Error(`the tour "${flowId}" has no steps`);
      let isSeen = false;
      let isOver = false;
      let sawLast = false;

      const seen = () => {
        if (isOver) return;
        const step = driver.getActiveIndex() + 1;
        shown(true);
        if (isSeen) tour.step(step);
        else tour.shown();
        isSeen = true;
        // What the page ends on the last step, by its own button, was seen to its end.
        sawLast = !driver.hasNextStep();
      };
      const over = () => {
        if (isOver) return;
        isOver = true;
        clearInterval(watch);
        if (!isSeen) failed(new Error(`the tour "${flowId}" was ended before it was seen`));
        else if (sawLast) tour.completed();
        else tour.dismissed();
      };
      const config = {
        ...own,
        // A step's own callback stands in for the general one.
        steps: own.steps.map((step) =>
          step.onHighlighted
            ? { ...step, onHighlighted: chained(seen, step.onHighlighted) }
            : step,
        ),
        onHighlighted: chained(seen, own.onHighlighted),
        // In onDestroyed there is no next step any more, on whichever it was.
        onDestroyStarted: (...args) => {
          sawLast = isSeen && driver.getActiveIndex() !== undefined && !driver.hasNextStep();
          if (own.onDestroyStarted) own.onDestroyStarted(...args);
          else driver.destroy();
        },
        onDestroyed: chained(over, own.onDestroyed),
      };
      const driver = given ?? create(config);
      given?.setConfig(config);
      runOf(driver, over);
      // A tour that the page ends before its first step is shown calls nothing.
      const watch = setInterval(() => driver.isActive() || over(), SECOND / 2);
      try {
        driver.drive();
      } catch (cause) {
        driver.destroy();
        isOver = true;
        clearInterval(watch);
        throw cause;
      }
    });
}
