/** The flow of that id in the page's own table: a value, or a function that makes it. */
export function flowOf(flows, flowId) {
  const flow = Object.hasOwn(flows, flowId) ? flows[flowId] : undefined;
  if (flow === undefined) throw new Error(`this page has no tour "${flowId}"`);
  return typeof flow === 'function' ? flow() : flow;
}

/** Calls ours, then the page's own callback, whose answer counts. */
export function chained(ours, own) {
  return function (...args) {
    ours(...args);
    return own?.apply(this, args);
  };
}

const runs = new WeakMap();

/** Lets a guide's earlier run go: what it shows from now on is not that one's. */
export function runOf(guide, leave) {
  runs.get(guide)?.();
  runs.set(guide, leave);
}
