import { SECOND, page, sleep } from './page.js';

const FEEDBACK_PATIENCE = 10 * SECOND;

/** Access to the server over HTTP: addresses, tokens, and feedback sent in order. */
export class Link {
  constructor(options, problem) {
    this.options = options;
    this.problem = problem;
    this.base = String(options.url ?? '').replace(/\/+$/, '');
    this.hasTokens = typeof options.getToken === 'function';
    this.token = '';
    this.outbox = Promise.resolve();
  }

  async renewToken(session) {
    if (this.hasTokens) this.token = String((await this.options.getToken(session)) ?? '').trim();
  }

  request(extra) {
    const { headers, ...rest } = extra;
    const authorization = this.token === '' ? {} : { Authorization: `Bearer ${this.token}` };
    return {
      ...rest,
      headers: { ...headers, ...authorization },
      // Without tokens of its own the page relies on the cookie.
      credentials: this.hasTokens ? 'same-origin' : 'include',
    };
  }

  openStream(session, lastHandled, signal) {
    const query = new URLSearchParams({ product: this.options.product, session });
    return page.fetch(
      `${this.base}/tours/stream?${query}`,
      this.request({
        headers: { Accept: 'text/event-stream', 'Last-Event-ID': lastHandled },
        cache: 'no-store',
        signal,
      }),
    );
  }

  /** Sends a report after those before it. */
  report(body) {
    this.outbox = this.outbox
      .then(() => this.post(body))
      .catch((cause) => this.problem('feedback did not get through', cause));
  }

  async post(body) {
    for (let attempt = 0; attempt < 3; attempt++) {
      const response = await this.tryPost(body);
      if (response?.ok) return;
      if (response?.status === 401) {
        await this.renewToken(body.session_id);
      } else if (response && response.status < 500 && response.status !== 429) {
        this.problem(`feedback was refused with ${response.status}`);
        return;
      } else {
        await sleep(SECOND * 2 ** attempt);
      }
    }
    this.problem('feedback did not get through');
  }

  async tryPost(body) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), FEEDBACK_PATIENCE);
    try {
      return await page.fetch(
        `${this.base}/tours/feedback`,
        this.request({
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
          keepalive: true,
          signal: control.signal,
        }),
      );
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}
