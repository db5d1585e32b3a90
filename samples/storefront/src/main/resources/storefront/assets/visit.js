// Who is looking at this page. The tab remembers the person; the server's cookie knows the session.

const TAB = 'larkspur.visitor';

function chosen() {
  const url = new URL(location.href);
  const asked = url.searchParams.get('visitor');
  if (asked) {
    url.searchParams.delete('visitor');
    history.replaceState(null, '', url);
    sessionStorage.setItem(TAB, asked);
    localStorage.setItem(TAB, asked);
  }
  const visitor = sessionStorage.getItem(TAB) || localStorage.getItem(TAB) || 'ada';
  sessionStorage.setItem(TAB, visitor);
  return visitor;
}

async function begin(visitor, fresh) {
  const response = await fetch('/api/visit', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ visitor, fresh }),
  });
  if (!response.ok) throw new Error(`the visit of ${visitor} could not begin: ${response.status}`);
  return response.json();
}

// Two tabs that open at once must end up in one session, so they take turns.
const inTurn = (task) => (navigator.locks ? navigator.locks.request('larkspur.visit', task) : task());

export const openVisit = () => {
  const visitor = chosen();
  return inTurn(() => begin(visitor, false));
};

export const openVisitAnew = (visitor) => inTurn(() => begin(visitor, true));

export const askFor = async (path, visit, query = {}) => {
  const response = await fetch(`${path}?${new URLSearchParams({ visitor: visit.visitor, ...query })}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
};
