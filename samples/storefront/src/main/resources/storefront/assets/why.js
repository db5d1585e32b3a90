// The side panel: what the engine saw of this visit and what it decided, asked for once a second.

import { askFor } from './visit.js';

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

function row(entry) {
  const item = document.createElement('li');
  item.className = entry.kind;
  const when = document.createElement('time');
  when.textContent = time.format(entry.at);
  const what = document.createElement('p');
  what.textContent = entry.times > 1 ? `${entry.text} (${entry.times} times)` : entry.text;
  if (entry.detail) {
    const detail = document.createElement('small');
    detail.textContent = entry.detail;
    what.append(detail);
  }
  item.append(when, what);
  return item;
}

export function watchDecisions(visit) {
  const log = document.getElementById('why-log');
  const empty = document.getElementById('why-empty');
  const visits = document.getElementById('billing-visits');
  let version = -1;

  const look = async () => {
    if (document.visibilityState !== 'visible') return;
    const view = await askFor('/api/panel', visit, { version });
    if (!view.entries) return;
    const first = version < 0;
    const before = log.childElementCount;
    version = view.version;
    const rows = view.entries.map(row).reverse();
    if (!first && rows.length > before) rows.slice(0, rows.length - before).forEach((item) => item.classList.add('new'));
    log.replaceChildren(...rows);
    empty.hidden = rows.length > 0;
    visits.textContent = view.billing_visits;
    visits.hidden = !view.billing_visits;
  };
  const again = () => look().catch(() => {}).finally(() => setTimeout(again, 1000));
  again();
}

export function showVisitor(visit, startFresh) {
  const text = (id, value) => { document.getElementById(id).textContent = value; };
  text('me-initials', visit.initials);
  text('me-name', visit.name);
  text('me-role', visit.role);
  text('visitor-name', visit.name);
  text('visitor-user', visit.user_id);
  text('visitor-session', visit.session_id);
  document.querySelectorAll('[data-me]').forEach((field) => { field.value = visit[field.dataset.me]; });
  document.getElementById('visitor-others').append(...visit.others.map((other) => {
    const link = document.createElement('a');
    link.href = `/dashboard?visitor=${other.id}`;
    link.target = '_blank';
    link.rel = 'noopener';
    link.textContent = other.name;
    const item = document.createElement('li');
    item.append(link);
    return item;
  }));
  document.getElementById('visit-again').addEventListener('click', startFresh);
  const toggle = document.getElementById('why-toggle');
  toggle.addEventListener('click', () => {
    const open = document.getElementById('why').classList.toggle('open');
    toggle.setAttribute('aria-expanded', open);
    toggle.textContent = open ? 'Show less' : 'What to try, and more';
  });
}
