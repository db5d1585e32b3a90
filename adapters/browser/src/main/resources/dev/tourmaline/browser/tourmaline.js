import { Client } from './client.js';
import { tours } from './libraries.js';
import { page } from './page.js';
import { providers } from './providers.js';

function faultsOf(options) {
  const faults = [];
  const { product, session, provider, start } = options ?? {};
  if (!product) faults.push('product is missing');
  if (!session) faults.push('session is missing: an id, or a function that returns it');
  if (provider === undefined && typeof start !== 'function') {
    faults.push('give a provider, or your own start function');
  } else if (provider !== undefined && !Object.hasOwn(providers, provider)) {
    faults.push(`provider "${provider}" is none of ${Object.keys(providers).join(', ')}`);
  }
  return faults;
}

/**
 * Opens the stream of a session and starts its tours, until close() is called on what it returns.
 * Never throws: what is wrong goes to options.onError, or to the console.
 */
export function connect(options) {
  const problem = (what, cause) => {
    try {
      const error = new Error(`tourmaline: ${what}`, { cause });
      if (typeof options?.onError === 'function') options.onError(error);
      else page.console?.warn(error.message, cause ?? '');
    } catch {
      // Not even the page's own error handler may disturb the page.
    }
  };
  const faults = faultsOf(options);
  if (faults.length > 0) {
    problem(`not connected: ${faults.join('; ')}`);
    return { close() {} };
  }
  const client = new Client({ ...options }, problem);
  try {
    client.open();
  } catch (cause) {
    problem('not connected', cause);
  }
  return { close: () => client.close() };
}

export { providers, tours };
