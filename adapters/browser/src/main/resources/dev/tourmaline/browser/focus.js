import { page } from './page.js';

const FRAMES = new Set(['iframe', 'frame', 'object', 'embed']);
const WITHOUT_TEXT = new Set(
  'button,checkbox,color,file,hidden,image,radio,range,reset,submit'.split(','),
);
const TEXT_ROLES = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton']);

/** The document within a frame, where this page may look into it. */
function within(frame) {
  try {
    return frame.contentDocument ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * What has the focus: the innermost element, through frames of this origin and open shadow roots.
 *
 * @param onFrame is told of each such frame's document on the way
 */
export function focused(onFrame = () => {}) {
  let element = page.document.activeElement;
  while (element) {
    const inner = FRAMES.has(element.localName) ? within(element) : undefined;
    if (inner !== undefined) onFrame(inner);
    const next = inner?.activeElement ?? element.shadowRoot?.activeElement;
    if (!next) break;
    element = next;
  }
  return element ?? undefined;
}

/** Nobody can look into it: a frame of another origin, or a closed shadow root. */
export function isClosed(element) {
  if (FRAMES.has(element.localName)) return within(element) === undefined;
  // A custom element that does not take the focus itself has it because something within has.
  return (
    element.localName.includes('-') && !element.shadowRoot && !element.hasAttribute('tabindex')
  );
}

/** Whether one may write in it, or choose by typing. */
export function takesText(element) {
  const { localName, type, readOnly } = element;
  if (localName === 'input') return !WITHOUT_TEXT.has(type) && !readOnly;
  if (localName === 'textarea') return !readOnly;
  return (
    localName === 'select' ||
    element.isContentEditable === true ||
    Boolean(element.editContext) ||
    element.ownerDocument?.designMode === 'on' ||
    TEXT_ROLES.has(element.getAttribute?.('role'))
  );
}
