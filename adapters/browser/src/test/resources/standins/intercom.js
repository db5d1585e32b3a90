// @intercom/messenger-js-sdk 0.0.20 and @types/intercom-web 2.8.26: a function with a queue.
window.Intercom ??= Object.assign((...call) => Intercom.q.push(call), { q: [] });
tool.load = () => {
  const queued = Intercom.q;
  window.Intercom = Object.assign(
    (method, id) => method === 'startTour' && typeof id === 'number' && void tool.show(id),
    { booted: true },
  );
  queued.forEach((call) => Intercom(...call));
};
