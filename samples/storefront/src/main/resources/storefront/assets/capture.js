// Reports what the visitor does, in the words of the connector's payloads: type, title, description,
// raw and canonical URL, seconds since the epoch. What a tour's own pop-over gets is not reported.

const INTERACTIVE = 'a, button, input, select, label, summary, [role=button]';
const TOUR = '#driver-popover-item, #driver-page-overlay';

export const canonical = (url) => {
  const parts = new URL(url);
  const path = parts.pathname.replace(/\/\d+(?=\/|$)/g, '/:id');
  return parts.origin + path;
};

const ownText = (element) => [...element.childNodes]
  .filter((node) => node.nodeType === Node.TEXT_NODE)
  .map((node) => node.data)
  .join(' ')
  .trim();

const nameOf = (element) => {
  const labelled = element.getAttribute('aria-label')
    || element.labels?.[0]?.textContent
    || ownText(element)
    || element.textContent
    || element.name
    || element.id;
  return (labelled || '').trim().replace(/\s+/g, ' ').slice(0, 80) || element.tagName.toLowerCase();
};

const kindOf = (element) => ({ A: 'link', BUTTON: 'button', LABEL: 'label', SELECT: 'list', INPUT: 'field' })[element.tagName] || 'element';

export function capture(visit) {
  const page = document.body.dataset.page;
  const where = `the ${page.toLowerCase()} page`;

  const report = (type, title, description) => {
    const action = {
      visitor: visit.visitor,
      type,
      title,
      description,
      timestamp: Date.now() / 1000,
      raw_url: location.href,
      canonical_url: canonical(location.href),
    };
    // A click may leave the page: keepalive lets the report outlive it.
    fetch('/collect', {
      method: 'POST',
      keepalive: true,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(action),
    }).catch(() => {});
  };

  const mine = (target) => target instanceof Element && !target.closest(TOUR) && !target.closest('.why');

  const pageview = () => report('pageview', `Page Load: ${page}`, `User landed on ${where}`);

  addEventListener('click', (event) => {
    const element = event.target instanceof Element && event.target.closest(INTERACTIVE);
    if (!element || !mine(element)) return;
    const label = `${nameOf(element)} ${kindOf(element)}`;
    report('click', `Click ${label}`, `User clicked ${label} on ${where}`);
  }, true);

  addEventListener('submit', (event) => {
    if (!mine(event.target)) return;
    const form = event.target.querySelector('h2')?.firstChild?.textContent.trim() || 'form';
    report('submit', `Submit ${form}`, `User submitted ${form} on ${where}`);
  }, true);

  const field = (type, verb) => (event) => {
    if (!mine(event.target) || !event.target.matches('input, select, textarea')) return;
    const label = nameOf(event.target);
    report(type, `${verb[0]} ${label} field`, `User ${verb[1]} the ${label} field on ${where}`);
  };
  addEventListener('change', field('type', ['Type into', 'typed into']), true);
  addEventListener('focusin', field('focus', ['Focus', 'entered']), true);
  addEventListener('focusout', field('blur', ['Leave', 'left']), true);
  addEventListener('pageshow', (event) => { if (event.persisted) pageview(); });

  pageview();
}
