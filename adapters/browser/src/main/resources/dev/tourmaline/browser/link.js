import { Outbox } from './outbox.js';
import { SECOND, page } from './page.js';

const FEEDBACK_PATIENCE = 10 * SECOND;

/** Access to the server over HTTP: addresses, tokens, the stream, and feedback. */
export class Link {
  constructor(options, problem) {
    this.options = options;
    this.problem = problem;
    this.base = String(options.url ?? '').replace(/\/+$/, '');
    this.hasTokens = typeof options.getToken === 'function';
    this.token = '';
    this.outbox = new Outbox(options.product, (body) => this.deliver(body));
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

  report(body) {
    this.outbox.add(body);
  }

  /** Answers whether the report is settled: taken, or refused for good. */
  async deliver(body) {
    let response = await this.tryPost(body);
    if (response?.status === 401 && this.hasTokens) {
      await this.renewToken(body.session_id).catch(() => {});
      response = await this.tryPost(body);
    }
    if (response === undefined || response.status === 429 || response.status >= 500) return false;
    if (!response.ok) this.problem(`feedback was refused with ${response.status}`);
    return true;
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
