// @chamaeleonidae/chmln 1.0.1: calls wait in arrays until `root` is there.
window.chmln ??= { show_a: [], on_a: [], show: (...call) => chmln.show_a.push(call), on: (...call) => chmln.on_a.push(call) };
tool.load = () => {
  const listeners = [];
  const names = { shown: 'Tour started', step: 'Step seen', completed: 'Tour completed', dismissed: 'Tour exited' };
  tool.listeners.push((what, { id }) => listeners.forEach((one) => one(names[what], { tour_id: id })));
  const queued = chmln.show_a;
  window.chmln = {
    root: 'there',
    show: (id) => void tool.show(id),
    on: (name, listener) => name === 'tour:event' && listeners.push(listener),
  };
  queued.forEach((call) => chmln.show(...call));
};
