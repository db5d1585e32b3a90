import { openVisit, openFreshVisit } from './visit.js';
import { capture } from './capture.js';
import { startTour } from './tours.js';
import { showState, showVisitor, watchDecisions } from './why.js';

// Nothing is saved in this demo: a form or a button says so, or what it would have done.
function answerForms() {
  const toast = document.getElementById('toast');
  let hiding;
  const say = (text) => {
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => { toast.hidden = true; }, 3500);
  };
  addEventListener('submit', (event) => {
    event.preventDefault();
    say(event.target.dataset.toast || 'Saved.');
  });
  document.querySelectorAll('button[data-toast]').forEach((button) => {
    button.addEventListener('click', () => say(button.dataset.toast));
  });
}

answerForms();
const visit = await openVisit();
showVisitor(visit, async () => {
  await openFreshVisit(visit.visitor);
  location.assign('/dashboard');
});
capture(visit);
watchDecisions(visit);
window.storefrontTours = { startTour, showState };
