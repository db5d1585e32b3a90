import { Outbox } from './outbox.js';
import { SECOND, page, sleep } from './page.js';

const FEEDBACK_PATIENCE = 10 * SECOND;
const TOKENS_KEPT = 10;

/** Access to the server over HTTP: addresses, tokens, the stream, and feedback. */
export class Link {
  constructor(options, problem) {
    this.options = options;
    this.problem = problem;
    this.base = String(options.url ?? '').replace(/\/+$/, '');
    this.hasTokens = typeof options.getToken === 'function';
    this.tokens = new Map(); // by session: reports may be of one that the page has left
    this.outbox = new Outbox(options.product, (...sent) => this.deliver(...sent));
  }

  async renewToken(session) {
    if (!this.hasTokens) return;
    const token = String((await this.options.getToken(session)) ?? '').trim();
    this.tokens.delete(session);
    this.tokens.set(session, token);
    if (this.tokens.size > TOKENS_KEPT) this.tokens.delete(this.tokens.keys().next().value);
  }

  request(session, extra) {
    const { headers, ...rest } = extra;
    const token = this.tokens.get(session);
    const authorization = token ? { Authorization: `Bearer ${token}` } : {};
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
      this.request(session, {
        headers: { Accept: 'text/event-stream', 'Last-Event-ID': lastHandled },
        cache: 'no-store',
        signal,
      }),
    );
  }

  report(body) {
    this.outbox.add(body, 'feedback');
  }

  prefer(body) {
    return this.outbox.add(body, 'preferences');
  }

  /** Sends nothing any more, and asks for no token. */
  silence() {
    this.isSilent = true;
    this.outbox.drop();
  }

  async deliver(body, to = 'feedback') {
    const session = body.session_id;
    if (this.hasTokens && !this.tokens.has(session)) await this.tryRenewal(session);
    let response = await this.tryPost(body, to);
    if (response?.status === 401 && this.hasTokens && !this.isSilent) {
      await this.tryRenewal(session);
      response = await this.tryPost(body, to);
    }
    if (response === undefined || response.status === 429 || response.status >= 500) return 'waits';
    if (response.ok) return 'taken';
    this.problem(`${to} was refused with ${response.status}`);
    return response.status === 401 ? 'waits' : 'refused'; // It may have a token again, or a cookie.
  }

  tryRenewal(session) {
    return Promise.race([this.renewToken(session), sleep(FEEDBACK_PATIENCE)]).catch(() => {});
  }

  async tryPost(body, to) {
    if (this.isSilent) return undefined;
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), FEEDBACK_PATIENCE);
    try {
      return await page.fetch(
        `${this.base}/tours/${to}`,
        this.request(body.session_id, {
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
