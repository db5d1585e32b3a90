import { SECOND, page, readJson, sleep, storage, writeJson } from './page.js';

const CLAIM_KEPT = 10 * 60 * SECOND;
const LOCK_KEPT = 30 * SECOND;

/** Lets one tab of this browser have a trigger: Web Locks, or a vote in localStorage. */
export async function claim(name) {
  const shared = storage('localStorage');

  function isTaken() {
    const claims = readJson(shared, 'tourmaline:claims', {});
    return Date.now() - (claims[name] ?? -Infinity) < CLAIM_KEPT;
  }

  function take() {
    const claims = readJson(shared, 'tourmaline:claims', {});
    const fresh = Object.entries(claims).filter(([, at]) => Date.now() - at < CLAIM_KEPT);
    writeJson(shared, 'tourmaline:claims', { ...Object.fromEntries(fresh), [name]: Date.now() });
  }

  async function byVote() {
    const ballot = `tourmaline:claim:${name}`;
    const me = `${Date.now()}:${Math.random()}`;
    if (isTaken()) return false;
    try {
      shared.setItem(ballot, me);
      await sleep(150);
      if (shared.getItem(ballot) !== me) return false;
      take();
      shared.removeItem(ballot);
    } catch {
      return true; // No storage to vote in: this tab is on its own.
    }
    return true;
  }

  function byLock() {
    return new Promise((decided, failed) => {
      page.navigator.locks
        .request(`tourmaline:${name}`, { ifAvailable: true }, (lock) => {
          const won = lock !== null && !isTaken();
          if (won) take();
          decided(won);
          // Held for a while, for tabs that share no storage.
          return won ? sleep(LOCK_KEPT) : undefined;
        })
        .catch(failed);
    });
  }

  return page.navigator?.locks ? byLock().catch(byVote) : byVote();
}
