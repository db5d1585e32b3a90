// Usetiful's tour API: nothing before it; what tours do is asked for.
tool.load = () => {
  const states = { 7: 'never run', 8: 'closed', 9: 'never run' };
  tool.listeners.push((what, { id }) => {
    states[id] = { completed: 'completed', dismissed: 'closed' }[what] ?? 'inProgress';
  });
  window.USETIFUL = {
    tour: {
      start: (id) => typeof id === 'number' && void tool.show(id),
      getState: () =>
        tool.flows.map((id) => ({ id: Number(id), state: states[id], currentStep: tool.active?.id === id ? tool.active.step : undefined })),
    },
  };
  document.dispatchEvent(new Event('usetiful:fullApiReady'));
};
