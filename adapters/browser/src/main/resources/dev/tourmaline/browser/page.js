export const page = globalThis;
export const SECOND = 1000;

const LONGEST_TEXT = 1000;

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Web storage, or memory where the browser denies it. */
export function storage(name) {
  try {
    const store = page[name];
    store.setItem('tourmaline:probe', '');
    store.removeItem('tourmaline:probe');
    return store;
  } catch {
    const memory = new Map();
    return {
      getItem: (key) => (memory.has(key) ? memory.get(key) : null),
      setItem: (key, value) => void memory.set(key, value),
      removeItem: (key) => void memory.delete(key),
    };
  }
}

/** Time that passes, whatever becomes of the clock on the wall. */
export const elapsed = () => page.performance.now();

/** What anybody has thrown, in words. */
export function textOf(cause) {
  try {
    return String(cause?.message ?? cause).slice(0, LONGEST_TEXT);
  } catch {
    return 'something without words';
  }
}

/** The same without its faults: what others call must not disturb them. */
export const guarded =
  (action) =>
  (...args) => {
    try {
      return action(...args);
    } catch {
      return undefined;
    }
  };

/** The list or object that is kept there; anybody may have written something else. */
export function readJson(store, key, otherwise) {
  try {
    const value = JSON.parse(store.getItem(key));
    const isObject = typeof value === 'object' && value !== null;
    return isObject && Array.isArray(value) === Array.isArray(otherwise) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

export function writeJson(store, key, value) {
  try {
    store.setItem(key, JSON.stringify(value));
  } catch {
    // Full storage costs memory of the past, nothing else.
  }
}

/** Removes what any part of the client has kept, but for those keys that the filter spares. */
export function forgetKeys(isForgotten) {
  for (const name of ['sessionStorage', 'localStorage']) {
    try {
      Object.keys(page[name])
        .filter((key) => key.startsWith('tourmaline:') && isForgotten(key))
        .forEach((key) => page[name].removeItem(key));
    } catch {
      // The browser denies it: then nothing was kept.
    }
  }
}

export const isVisible = () => page.document?.visibilityState !== 'hidden';

/** Whether an element takes room in the page and is not hidden, be it scrolled out of sight. */
export function isRendered(element) {
  const { width, height } = element.getBoundingClientRect();
  if (!(width > 0 && height > 0)) return false;
  const how = { opacityProperty: true, visibilityProperty: true };
  return element.checkVisibility?.(how) ?? getComputedStyle(element).visibility === 'visible';
}

/** Whether an element of that selector takes room on the screen. */
export function isOnScreen(selector, root = page.document) {
  return [...(root?.querySelectorAll(selector) ?? [])].some(
    (element) =>
      element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden',
  );
}
