import { SECOND, page, readJson, sleep, storage, writeJson } from './page.js';

const CLAIM_KEPT = 10 * 60 * SECOND;
const LOCK_KEPT = 30 * SECOND;
const CLAIMS = 'tourmaline:claims';

const isFresh = (at) => Date.now() - at < CLAIM_KEPT;

/** Claims that are over are kept no longer than to the next page. */
export function forgetOldClaims() {
  const shared = storage('localStorage');
  const claims = Object.values(readJson(shared, CLAIMS, {}));
  if (claims.length > 0 && !claims.some(isFresh)) shared.removeItem(CLAIMS);
}

/**
 * Lets one tab of this browser have a trigger: Web Locks, or a vote in localStorage.
 *
 * @param isWanted answers, when nobody else has it, whether this tab still wants it
 */
export async function claim(name, isWanted) {
  const shared = storage('localStorage');

  function isTaken() {
    return isFresh(readJson(shared, CLAIMS, {})[name] ?? -Infinity);
  }

  function take() {
    const claims = readJson(shared, CLAIMS, {});
    const fresh = Object.entries(claims).filter(([, at]) => isFresh(at));
    writeJson(shared, CLAIMS, { ...Object.fromEntries(fresh), [name]: Date.now() });
  }

  async function byVote() {
    const ballot = `tourmaline:claim:${name}`;
    const me = `${Date.now()}:${Math.random()}`;
    if (isTaken()) return false;
    try {
      shared.setItem(ballot, me);
      await sleep(150);
      const won = shared.getItem(ballot) === me;
      if (won) shared.removeItem(ballot);
      if (!won || !isWanted()) return false;
      take();
      return true;
    } catch {
      return isWanted(); // No storage to vote in: this tab is on its own.
    }
  }

  function byLock() {
    return new Promise((decided, failed) => {
      page.navigator.locks
        .request(`tourmaline:${name}`, { ifAvailable: true }, (lock) => {
          const won = lock !== null && !isTaken() && isWanted();
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
