// userflow.js 2.14.0: as Usertour's, without isStarted.
window.userflow ??= { _stubbed: true, isIdentified: () => false, start: () => new Promise(() => {}) };
tool.load = () => {
  Object.assign(window.userflow, {
    _stubbed: false,
    isIdentified: () => true,
    start: async (id) => void tool.show(id),
  });
  tool.drain(userflow, 'USERFLOWJS_QUEUE');
};
