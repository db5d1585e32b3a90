// product-fruits 1.1.0: the loader leaves an object without `api`.
window.productFruits = { scrV: '2' };
tool.load = () => {
  const listeners = [];
  const emit = (name, ...told) => listeners.forEach(([n, f]) => n === name && f(...told));
  tool.listeners.push((what, { id, step }) => {
    const number = Number(id);
    if (what === 'shown' || what === 'step') emit('tour-advanced', number, { currentCardId: `c${step}` });
    if (what === 'completed') emit('tour-finished', number);
    if (what === 'dismissed') emit('tour-skipped', number);
  });
  window.productFruits.api = {
    tours: {
      tryStartTour: (id) => typeof id === 'number' && void tool.show(id),
      isTourEligible: async () => 'eligible',
      getTours: () => tool.flows.map((id) => ({ id: Number(id), isRunning: tool.active?.id === id })),
      listen(name, listener) {
        const one = [name, listener];
        listeners.push(one);
        return () => listeners.splice(listeners.indexOf(one), 1);
      },
    },
  };
};
