import { focused, isClosed, takesText } from './focus.js';
import { SECOND, elapsed, page } from './page.js';

const USES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'touchmove'];
const TYPING = ['keydown', 'input', 'compositionstart', 'compositionupdate', 'compositionend'];
const COMPOSING = new Set(['compositionstart', 'compositionupdate']);
const TYPED_WITHIN = 3 * SECOND;

/**
 * What the visitor does on this page, as far as it says whether a tour is welcome: writes, or is
 * there at all. Only what the browser itself has seen counts, not what scripts dispatch. It keeps
 * times and no content.
 */
export class Visitor {
  constructor() {
    this.typedAt = -Infinity;
    this.usedAt = -Infinity;
    this.composing = undefined; // the element
    this.pointer = '';
    this.known = new WeakSet();
    this.listening = new AbortController();
  }

  open() {
    this.hear(page.document);
    // A frame that takes the focus takes it from the window.
    page.addEventListener('blur', () => setTimeout(() => this.look()), {
      signal: this.listening.signal,
    });
  }

  close() {
    this.listening.abort();
  }

  /** What happens in a frame is told to its own document alone. */
  hear(document) {
    if (this.known.has(document)) return;
    this.known.add(document);
    const how = { capture: true, passive: true, signal: this.listening.signal };
    const target = document.defaultView ?? document;
    USES.forEach((name) => target.addEventListener(name, (event) => this.used(event), how));
    TYPING.forEach((name) => target.addEventListener(name, (event) => this.typed(event), how));
  }

  used(event) {
    if (!event.isTrusted) return;
    if (event.type === 'pointermove') {
      // A page that moves below a pointer at rest moves it too.
      const pointer = `${event.screenX},${event.screenY}`;
      const isMoved = this.pointer !== '' && this.pointer !== pointer;
      this.pointer = pointer;
      if (!isMoved) return;
    }
    this.usedAt = elapsed();
  }

  typed(event) {
    const [target] = event.composedPath();
    if (!event.isTrusted || typeof target?.localName !== 'string') return;
    if (event.type.startsWith('composition')) {
      this.composing = COMPOSING.has(event.type) ? target : undefined;
      this.typedAt = elapsed();
    } else if (takesText(target) || isClosed(target)) this.typedAt = elapsed();
  }

  /** Finds out where the focus is; called each second, and when somebody asks. */
  look() {
    const element = focused((document) => this.hear(document));
    if (element && isClosed(element)) this.typedAt = elapsed();
    return element;
  }

  /** An element that is gone from the page, or lost the focus, gets no end of its composition. */
  get isComposing() {
    if (this.composing && this.look() !== this.composing) this.composing = undefined;
    return this.composing !== undefined;
  }

  get isInField() {
    const element = this.look();
    return element !== undefined && (takesText(element) || isClosed(element));
  }

  get hasJustTyped() {
    return elapsed() - this.typedAt < TYPED_WITHIN;
  }

  /** @param ms how long ago the visitor may have used the page */
  isPresent(ms) {
    return page.document.hasFocus() && elapsed() - this.usedAt < ms;
  }
}
