const DEFAULT_EXPIRY = 30; // s: the time to live of the server's browser sink

const isTexts = (value) => Array.isArray(value) && value.every((one) => typeof one === 'string');

/**
 * On what terms a trigger's tour may begin, from the field `terms` of its event. Throws where they
 * cannot be understood: a tour whose terms nobody knows is not started.
 *
 *   showOn     patterns of the address; undefined: anywhere
 *   element    a selector of what must be visible; undefined: nothing
 *   isInvite   the visitor is asked first
 *   isPresent  the visitor must be at the page: it was used within the last minute
 *   expiresIn  seconds in which it may begin, from its receipt
 */
export function termsOf(text) {
  const terms = text === '' ? {} : JSON.parse(text);
  if (typeof terms !== 'object' || terms === null || Array.isArray(terms)) {
    throw new Error(`the terms of a trigger are no object: ${text.slice(0, 100)}`);
  }
  const { show_on: showOn, element, invite, present, expires_in: expiresIn } = terms;
  const expect = (key, isRight, right) => {
    const value = terms[key] ?? undefined;
    if (value === undefined || isRight(value)) return;
    throw new Error(`the terms of a trigger: ${key} is ${JSON.stringify(value)}, not ${right}`);
  };
  const isFlag = (value) => typeof value === 'boolean';
  expect('show_on', isTexts, 'a list of patterns');
  expect('element', (value) => typeof value === 'string', 'a selector');
  expect('invite', isFlag, 'true or false');
  expect('present', isFlag, 'true or false');
  expect('expires_in', (value) => Number.isFinite(value), 'a number of seconds');
  return {
    showOn: showOn ?? undefined,
    element: element || undefined,
    isInvite: invite === true,
    isPresent: present === true,
    expiresIn: Math.min(expiresIn ?? DEFAULT_EXPIRY, 24 * 60 * 60),
  };
}
