import { focused, takesText } from '../focus.js';
import { isDialogOpen } from '../dialogs.js';
import { page } from '../page.js';
import { dress } from './style.js';

const SAID_AFTER = 200; // A region that is new to the page is not heard at once.
const ANSWERS = { show: 'accepted', later: 'snoozed', never: 'opted_out' };

/**
 * An invitation in a corner of the page: a region that is announced politely, never takes the focus,
 * and leaves the page as it is. It lies at the end of the page, so also in the order of the keyboard.
 */
export class Prompt {
  constructor(texts) {
    this.texts = texts;
    this.answer = new Promise((answered) => (this.answered = answered));
    this.listening = new AbortController();
    this.before = undefined; // what had the focus before the prompt
  }

  show() {
    const { texts } = this;
    this.host = page.document.createElement('tourmaline-invitation');
    this.host.lang = texts.lang;
    this.host.dir = texts.dir;
    if (texts.theme) this.host.setAttribute('theme', texts.theme);
    const root = this.host.attachShadow({ mode: 'open' });
    dress(root);
    const said = this.element('div', { className: 'said', role: 'status' });
    const region = this.element('section', { ariaLabel: texts.title });
    const head = this.element('div', { className: 'head' });
    head.append(
      this.element('h2', { textContent: texts.title }),
      this.button('close', '×', 'declined', { ariaLabel: texts.close, title: texts.close }),
    );
    const answers = this.element('div', { className: 'answers' });
    for (const [name, answer] of Object.entries(ANSWERS)) {
      answers.append(this.button(name, texts[name], answer));
    }
    region.append(head);
    if (texts.text) region.append(this.element('p', { textContent: texts.text }));
    region.append(answers);
    root.append(said, region);
    root.addEventListener('focusin', (event) => this.focusCame(event));
    const { signal } = this.listening;
    page.addEventListener('keydown', (event) => this.pressed(event), { signal });
    page.document.body.append(this.host);
    setTimeout(() => (said.textContent = `${texts.title} ${texts.text}`), SAID_AFTER);
  }

  element(name, properties) {
    return Object.assign(page.document.createElement(name), properties);
  }

  button(name, text, answer, more = {}) {
    const button = this.element('button', { type: 'button', className: name, textContent: text, ...more });
    button.addEventListener('click', () => this.close(answer));
    return button;
  }

  focusCame({ relatedTarget }) {
    const isOutside = relatedTarget && relatedTarget.getRootNode() !== this.host.shadowRoot;
    if (isOutside) this.before = relatedTarget;
  }

  get hasFocus() {
    return page.document.activeElement === this.host;
  }

  /** The visitor is about to answer, with the keyboard or the pointer. */
  get isInUse() {
    return this.hasFocus || this.host.matches(':hover');
  }

  get isThere() {
    return this.host.isConnected;
  }

  /** Escape is the page's own where it has a use for it: in a field, a dialog, or a menu. */
  pressed(event) {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    const element = focused();
    const isThePages = (element && takesText(element)) || isDialogOpen();
    if (this.hasFocus || !isThePages) this.close('declined');
  }

  close(answer) {
    this.listening.abort();
    const hadFocus = this.hasFocus;
    this.host.remove();
    // A tour that begins takes the focus itself; else it goes back to where it came from.
    if (hadFocus && answer !== 'accepted') this.before?.focus?.();
    this.answered(answer);
  }
}
