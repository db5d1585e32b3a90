import { Connection } from './connection.js';
import { tours } from './libraries.js';
import { page } from './page.js';
import { providers } from './providers.js';

const TYPES = {
  invitation: ['object', 'function'],
  debug: ['function'],
  respectGlobalPrivacyControl: ['boolean'],
};

const isConsent = (allowed) =>
  typeof allowed === 'boolean' ||
  typeof allowed === 'function' ||
  typeof allowed?.then === 'function';

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
  if (options && 'allowed' in options && !isConsent(options.allowed)) {
    faults.push(`allowed is ${options.allowed}: a boolean, a function, or a promise would be right`);
  }
  for (const [name, types] of Object.entries(TYPES)) {
    const value = options?.[name];
    if (value === undefined || types.includes(value === null ? 'null' : typeof value)) continue;
    faults.push(`${name} is ${value}: a ${types.join(' or a ')} would be right`);
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
    const no = async () => false;
    return { close() {}, allow() {}, openedByVisitor() {}, optOut: no, optIn: no };
  }
  return new Connection({ ...options }, problem).handle;
}

export { providers, tours };
