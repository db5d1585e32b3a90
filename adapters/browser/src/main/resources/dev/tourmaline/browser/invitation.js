import { Prompt } from './invitation/prompt.js';
import { textsOf } from './invitation/texts.js';
import { SECOND, elapsed, sleep } from './page.js';

const LOOK_EVERY = SECOND / 4;
const STAYS = 2 * 60 * SECOND;

/**
 * Asks the visitor whether he wants a tour. Answers 'accepted', 'snoozed', 'declined', 'opted_out',
 * or 'unanswered' where the invitation was left alone for two minutes, or has lost its place.
 *
 * @param guard of the trigger
 * @param tour takes the reports
 */
export async function invite(options, trigger, guard, tour, problem) {
  const texts = textsOf(options.invitation, trigger, problem);
  const prompt = new Prompt(texts);
  prompt.show();
  tour.report('invited');
  let answer;
  prompt.answer.then((given) => (answer = given));
  let until = elapsed() + STAYS;
  while (answer === undefined) {
    await Promise.race([sleep(LOOK_EVERY), prompt.answer]);
    if (prompt.isThere && prompt.isInUse) until = Math.max(until, elapsed() + STAYS / 4);
    const isLost = !prompt.isThere || !guard.isWanted() || guard.isElsewhere;
    if (answer === undefined && (isLost || elapsed() > until)) prompt.close('unanswered');
    await undefined; // The answer of a prompt that was just closed comes first.
  }
  if (answer !== 'unanswered') tour.report(answer, moreOf(answer, texts));
  return answer;
}

function moreOf(answer, { snoozeFor }) {
  if (answer !== 'snoozed' || snoozeFor === undefined) return {};
  return { until: Math.round((Date.now() + snoozeFor) / SECOND) };
}
