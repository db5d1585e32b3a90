import { Client } from './client.js';
import { Consent } from './consent.js';
import { guarded } from './page.js';

/** What the page holds of the client, while it is allowed and while it is not. */
export class Connection {
  constructor(options, problem) {
    this.options = options;
    this.problem = problem;
    this.wish = () => false; // what the visitor wished for while nothing was allowed
    this.consent = new Consent(options, (isAllowed) => this.changed(isAllowed), problem);
    try {
      this.consent.open();
    } catch (cause) {
      problem('not connected', cause);
    }
  }

  changed(isAllowed) {
    try {
      this.client?.forget();
      this.client = undefined;
      if (!isAllowed) return;
      this.client = new Client(this.options, this.problem);
      this.client.open();
      this.wish(this.client);
      this.wish = () => false;
    } catch (cause) {
      this.problem('not connected', cause);
    }
  }

  /** Answers whether the server has taken it. */
  prefer(wish) {
    if (this.client === undefined) this.wish = wish;
    const taken = guarded(() => this.client !== undefined && wish(this.client))();
    return Promise.resolve(taken ?? false).catch(() => false);
  }

  get handle() {
    return {
      close: () => {
        this.consent.close();
        this.client?.close();
      },
      allow: (isAllowed) => this.consent.allow(isAllowed),
      optOut: () => this.prefer((client) => client.preferences.optOut()),
      optIn: () => this.prefer((client) => client.preferences.optIn()),
      openedByVisitor: (flowId) => this.client?.tours.expect(flowId),
    };
  }
}
