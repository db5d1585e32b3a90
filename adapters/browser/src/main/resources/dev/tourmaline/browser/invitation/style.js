import { page } from '../page.js';

const LIGHT = `
  --background: #ffffff; --text: #1d2530; --quiet: #4d5866; --line: #c3cad4;
  --accent: #1d4fb8; --accent-text: #ffffff; --hover: #eef1f6; color-scheme: light;`;
const DARK = `
  --background: #1f2530; --text: #f2f4f8; --quiet: #b9c2cf; --line: #4a5566;
  --accent: #9dbcff; --accent-text: #10203f; --hover: #2c3544; color-scheme: dark;`;

const STYLE = `
:host {
  all: initial !important;
  position: fixed !important;
  inset-block-end: 16px !important;
  inset-inline-end: 16px !important;
  z-index: 2147483647 !important;
  width: min(360px, calc(100vw - 32px)) !important;
  font: 15px/1.45 system-ui, sans-serif !important;
  ${LIGHT}
}
@media (prefers-color-scheme: dark) { :host(:not([theme='light'])) { ${DARK} } }
:host([theme='dark']) { ${DARK} }
section {
  box-sizing: border-box;
  max-height: calc(100vh - 32px);
  overflow: auto;
  padding: 16px;
  border: 1px solid var(--line);
  border-radius: 10px;
  background: var(--background);
  color: var(--text);
  box-shadow: 0 6px 24px rgb(0 0 0 / 0.22);
  overflow-wrap: anywhere;
}
.head { display: flex; align-items: flex-start; gap: 8px; }
h2 { flex: 1; margin: 0; font-size: 16px; line-height: 1.4; font-weight: 650; }
p { margin: 4px 0 0; color: var(--quiet); }
.answers { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-top: 14px; }
button {
  min-height: 36px;
  padding: 6px 14px;
  border: 1px solid var(--line);
  border-radius: 7px;
  background: transparent;
  color: var(--text);
  font: inherit;
  cursor: pointer;
}
button:hover { background: var(--hover); }
button.show { border-color: var(--accent); background: var(--accent); color: var(--accent-text); }
button.show:hover { text-decoration: underline; }
button.never { border-color: transparent; padding-inline: 2px; color: var(--quiet); text-decoration: underline; text-underline-offset: 3px; }
button.close {
  min-height: 28px;
  width: 28px;
  margin: -4px 0;
  margin-inline-end: -6px;
  padding: 0;
  border-color: transparent;
  font-size: 20px;
  line-height: 1;
}
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: no-preference) {
  section { animation: come 0.2s ease-out; }
  @keyframes come { from { opacity: 0; transform: translateY(8px); } }
}
@media (forced-colors: active) {
  section { border-color: CanvasText; }
  button, button.never, button.close { border-color: ButtonText; }
  button.never { padding-inline: 8px; }
  button.show { forced-color-adjust: none; background: Highlight; border-color: Highlight; color: HighlightText; }
  button:focus-visible { outline-color: Highlight; }
}
@media print { :host { display: none !important; } }
`;

/** Gives a shadow root the style of an invitation, as a policy of content security allows it. */
export function dress(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = page.document.createElement('style');
    style.textContent = STYLE;
    root.append(style);
  }
}
