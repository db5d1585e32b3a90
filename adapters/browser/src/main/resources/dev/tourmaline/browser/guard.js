import { pathMatches } from './address.js';
import { isDialogOpen } from './dialogs.js';
import { SECOND, elapsed, isRendered, isVisible, page, sleep } from './page.js';

const LOOK_EVERY = SECOND / 4;
const PRESENT_WITHIN = 60 * SECOND;
const AFTER_YES = 30 * SECOND;

/** A span of time that neither clock may exceed: one stops while the machine sleeps, one may jump. */
function deadline(ms) {
  const until = elapsed() + ms;
  const date = Date.now() + ms;
  return { ms, until, isOver: () => elapsed() >= until || Date.now() >= date };
}

/**
 * Holds a trigger's tour back until everything holds at the same instant, up to its time to live.
 * What it asks is cheap enough to be asked four times a second.
 */
export class Guard {
  /**
   * @param terms of the trigger
   * @param visitor what the visitor does
   * @param tours what runs on the page: isBusy(tour) tells of all but that one
   * @param isWanted whether the trigger is still this page's affair
   * @param tell is told of what it waits for, when that changes
   */
  constructor(terms, visitor, tours, isWanted, tell) {
    this.terms = terms;
    this.visitor = visitor;
    this.tours = tours;
    this.isWanted = isWanted;
    this.tellAll = tell;
    this.end = deadline(terms.expiresIn * SECOND);
  }

  get until() {
    return this.end.until;
  }

  /** The time that it had in all. */
  get within() {
    return this.end.ms;
  }

  get isOver() {
    return !this.isWanted() || this.end.isOver();
  }

  /** The visitor has asked for it: there is time again. */
  prolong() {
    this.end = deadline(AFTER_YES);
  }

  tell(what) {
    if (what !== this.told) this.tellAll(what);
    this.told = what;
  }

  get isElsewhere() {
    const { showOn } = this.terms;
    const { pathname } = page.location;
    return showOn !== undefined && !showOn.some((pattern) => pathMatches(pattern, pathname));
  }

  get lacksElement() {
    const { element } = this.terms;
    if (element === undefined) return false;
    return ![...page.document.querySelectorAll(element)].some(isRendered);
  }

  /** What is in the way now, in words; '' if nothing is. */
  obstacle(tour) {
    if (!isVisible()) return 'the tab is hidden';
    if (this.isElsewhere) return 'the visitor is on another page';
    if (this.visitor.isComposing) return 'an input method composes';
    if (this.visitor.isInField) return 'a text field has the focus';
    if (this.visitor.hasJustTyped) return 'a text field was typed into';
    if (isDialogOpen()) return 'a dialog is open';
    if (this.tours.isBusy(tour)) return 'another tour is open';
    if (this.lacksElement) return 'its element is not visible';
    if (this.terms.isPresent && !this.visitor.isPresent(PRESENT_WITHIN)) return 'nobody is present';
    return '';
  }

  /** Whether the tour may begin at this instant. */
  isClear(tour) {
    if (this.isOver) return false;
    const obstacle = this.obstacle(tour);
    if (obstacle !== '') this.tell(`waits: ${obstacle}`);
    return obstacle === '';
  }

  /** Waits until it may begin; answers false where its time is over, or it is not wanted any more. */
  async clear(tour) {
    while (!this.isClear(tour)) {
      if (this.isOver) return false;
      await sleep(LOOK_EVERY);
    }
    return true;
  }
}
