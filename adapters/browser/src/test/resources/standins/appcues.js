// The account script's array of queued calls, then the SDK with Backbone's on and off.
window.Appcues = Object.assign([], { show: (...call) => Appcues.push(call), on: (...call) => Appcues.push(call) });
tool.load = () => {
  const listeners = [];
  const emit = (id, about) => listeners.forEach(([name, f]) => name === id && f({ id, ...about }));
  const ends = { completed: 'flow_completed', dismissed: 'flow_skipped' };
  tool.listeners.push((what, { id: flowId }) => {
    if (what === 'shown') emit('flow_started', { flowId });
    if (what === 'shown' || what === 'step') emit('step_started', { flowId });
    if (ends[what]) emit(ends[what], { flowId });
  });
  window.Appcues = {
    show: (id) => void tool.show(id),
    on: (name, listener) => void listeners.push([name, listener]),
    off: (name, listener) =>
      void listeners.splice(listeners.findIndex(([n, l]) => n === name && l === listener), 1),
  };
};
