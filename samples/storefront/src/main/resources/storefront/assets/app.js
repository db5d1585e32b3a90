import { askFor, openVisitAnew, openVisit } from './visit.js';
import { capture } from './capture.js';
import { startTour } from './tours.js';
import { showVisitor, watchDecisions } from './why.js';
import { connect } from '/vendor/tourmaline.js';

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
  await openVisitAnew(visit.visitor);
  location.assign('/dashboard');
});
capture(visit);
watchDecisions(visit);

// The whole of what a product adds for Tourmaline: whose session it is, and how a tour starts.
connect({
  product: visit.product_id,
  session: visit.session_id,
  getToken: async () => (await askFor('/api/token', visit)).token,
  start: (flowId, trigger, tour) => startTour(flowId, (outcome, step) => tour[outcome](step)),
});
