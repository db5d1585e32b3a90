import { readJson, storage, writeJson } from './page.js';

export const OPTED_OUT = 'tourmaline:opted-out';

/** Whether the visitor wants tours at all: remembered in this browser, and told to the server. */
export class Preferences {
  constructor(product, link, session) {
    this.key = `${OPTED_OUT}:${product}`;
    this.link = link;
    this.session = session;
    this.memory = storage('localStorage');
  }

  get isOut() {
    return readJson(this.memory, this.key, {}).at !== undefined;
  }

  optOut() {
    writeJson(this.memory, this.key, { at: Date.now() });
    return this.tell(false);
  }

  optIn() {
    this.memory.removeItem(this.key);
    return this.tell(true);
  }

  /** What an earlier page could not tell any more. */
  tellAgain() {
    const { at, isTold } = readJson(this.memory, this.key, {});
    if (at !== undefined && !isTold) this.tell(false);
  }

  /** Answers whether the server has taken it. */
  async tell(tours) {
    const session = this.session();
    if (session === '') return false;
    const isTaken = await this.link.prefer({ session_id: session, tours });
    if (isTaken && !tours && this.isOut) {
      writeJson(this.memory, this.key, { at: Date.now(), isTold: true });
    }
    return isTaken;
  }
}
