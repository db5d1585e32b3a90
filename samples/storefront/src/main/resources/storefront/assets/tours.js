// The tours, as driver.js shows them. A step whose element is not on this page is left out.

const TOURS = {
  tour_billing_help: [
    ['#plan', 'Looking for something about your plan?', 'Seats, price and the next renewal stand here. You can change the plan at any time.', 'right'],
    ['#payment', 'How it is paid', 'This is the card we charge on the first of each month.', 'left'],
    ['#invoices', 'Every invoice so far', 'Each one can be opened and downloaded; the newest is on top.', 'top'],
    ['#address', 'The address on your invoices', 'A VAT number here goes on every invoice from the next one on.', 'top'],
    ['#nav-billing', 'You were looking at billing', 'A short tour of it waits there whenever you go back.', 'right'],
  ],
  tour_stuck_click: [
    ['#export', 'The export is on its way', 'It takes a minute and arrives by e-mail; one click is enough.', 'bottom'],
    ['main h1', 'Is something not reacting?', 'Some parts are switched off in this workspace. Ask whoever set it up.', 'bottom'],
  ],
  tour_form_help: [
    ['#vat', 'It is the VAT number', 'Without the country code in front, such as DE, we cannot save the address.', 'top'],
    ['form h2', 'Does it not save?', 'One of the fields is not right yet. The message at the bottom says which.', 'bottom'],
  ],
  tour_plans: [
    ['#plan-studio', 'This is what you have', 'Nine people, € 24 each.', 'bottom'],
    ['#plan-practice', 'What more would bring', 'Practice pays off once people work in more than one office.', 'left'],
    ['#compare', 'Still deciding?', 'Every plan can be changed at the end of any month.', 'top'],
    ['#nav-pricing', 'Comparing plans?', 'A short tour of them waits there.', 'right'],
  ],
};

// The last step of some tours points at the way to their page; it is for visitors elsewhere.
const ELSEWHERE = new Set(['#nav-billing', '#nav-pricing']);

// Where the page is narrow there is no room for a popover beside an element, and the panel lies at
// the bottom of the window: the page scrolls until the popover stands above it.
const NARROW = matchMedia('(max-width: 1180px)');
const placed = (position) => (NARROW.matches && position !== 'top' ? 'bottom' : position);

function keepAbovePanel(changes) {
  const popover = document.getElementById('driver-popover-item');
  if (!NARROW.matches || !changes.some((change) => change.target === popover)) return;
  const hidden = popover.getBoundingClientRect().bottom + 12 - document.getElementById('why').getBoundingClientRect().top;
  if (hidden > 0) scrollBy(0, hidden);
}

function stepsOf(flowId) {
  const all = (TOURS[flowId] || []).filter(([selector]) => document.querySelector(selector));
  const here = all.filter(([selector]) => !ELSEWHERE.has(selector));
  const steps = here.length ? here : all;
  // The general step of a tour stands in where the particular one is missing.
  return flowId === 'tour_stuck_click' || flowId === 'tour_form_help' ? steps.slice(0, 1) : steps;
}

/**
 * Shows a tour and tells what becomes of it: step, completed or dismissed. The promise is true once
 * its first step is on the screen.
 */
export function startTour(flowId, tell) {
  const steps = stepsOf(flowId);
  if (!steps.length) throw new Error(`there is no tour ${flowId} for this page`);
  let over = false;
  const end = (outcome) => {
    if (over) return;
    over = true;
    removeEventListener('pagehide', leave);
    moves.disconnect();
    tell(outcome);
  };
  const leave = () => end('dismissed');
  const moves = new MutationObserver(keepAbovePanel);
  const driver = new window.Driver({
    opacity: 0.45,
    padding: 8,
    animate: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    doneBtnText: 'Done',
    closeBtnText: 'No, thanks',
    nextBtnText: 'Next',
    startBtnText: 'Next',
    prevBtnText: 'Back',
    onReset: () => end('dismissed'),
  });
  let seen;
  const shown = new Promise((resolve) => { seen = resolve; });
  driver.defineSteps(steps.map(([element, title, description, position], index) => ({
    element,
    popover: { title, description, position: placed(position), closeBtnText: steps.length > 1 ? 'No, thanks' : 'Got it' },
    onHighlighted: () => {
      if (index === 0) seen(true);
      else tell('step', index + 1);
    },
    onNext: () => { if (index === steps.length - 1) end('completed'); },
  })));
  addEventListener('pagehide', leave);
  moves.observe(document.body, { subtree: true, attributeFilter: ['style'] });
  driver.start();
  return shown;
}
