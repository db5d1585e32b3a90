import { focused } from './focus.js';
import { isRendered, page } from './page.js';

const LOOKED_AT = 200; // elements of a dialog
const OF_THE_PAGE = 'main, [role=main], h1, h2, a[href], button, input';
const HIDDEN = '[aria-hidden=true], [inert]';

/** The document, and the open shadow roots in it. */
function roots(root = page.document) {
  const within = [...root.querySelectorAll('*')].filter((one) => one.shadowRoot);
  return [root, ...within.flatMap((one) => roots(one.shadowRoot))];
}

/** An element and what it lies in, through shadow roots. */
function* upwards(element) {
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) yield at;
}

function isInView(element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const { clientWidth, clientHeight } = page.document.documentElement;
  return right > 0 && bottom > 0 && left < clientWidth && top < clientHeight;
}

/**
 * Whether the visitor sees it. The dialog's own box may be empty while what is in it is fixed to the
 * window; those that wait in the page for their turn are hidden, transparent, or out of view.
 */
function isOpen(dialog) {
  if ([...upwards(dialog)].some((one) => one.matches(HIDDEN))) return false;
  const parts = [dialog, ...[...dialog.querySelectorAll('*')].slice(0, LOOKED_AT)];
  return parts.some((part) => isRendered(part) && isInView(part));
}

/** A dialog that does not say whether it is modal: banners and chats are not, they block nothing. */
function holdsThePage(dialog) {
  if ([...upwards(focused())].includes(dialog)) return true;
  const outermost = [...upwards(dialog)];
  return [...page.document.body.children].some(
    (other) =>
      other.matches(HIDDEN) &&
      !outermost.includes(other) &&
      other.querySelector(OF_THE_PAGE) !== null &&
      other.getClientRects().length > 0,
  );
}

/** Whether something is open that the visitor has to answer first, or that fills the screen. */
export function isDialogOpen() {
  const { fullscreenElement, documentElement } = page.document;
  if (fullscreenElement && fullscreenElement !== documentElement) return true;
  const all = roots();
  const some = (selector, isOne) =>
    all.some((root) => [...root.querySelectorAll(selector)].some(isOne));
  return (
    (CSS.supports('selector(:modal)') && some('dialog:modal', isOpen)) ||
    some('[aria-modal=true], [role=alertdialog]:not([aria-modal])', isOpen) ||
    some(
      '[role=dialog]:not([aria-modal]), dialog[open]:not([aria-modal])',
      (dialog) => isOpen(dialog) && holdsThePage(dialog),
    )
  );
}
