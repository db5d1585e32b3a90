/** Its events are documented in words only, and differ between accounts: they are hints. */
const MEANINGS = [
  [/\bstep seen\b/i, 'step'],
  [/\bstarted\b/i, 'shown'],
  [/\bcompleted\b/i, 'completed'],
  [/\bexited\b/i, 'dismissed'],
];

export const chameleon = {
  global: 'chmln',
  hintsOnly: true,
  isLoaded: (sdk) => Boolean(sdk.root),
  start: (sdk, id) => Promise.resolve(sdk.show(id)).then(() => true),
  listen(sdk, tell) {
    let stopped = false;
    sdk.on('tour:event', (name, options) => {
      const id = options?.tour_id ?? options?.id;
      const meaning = MEANINGS.find(([pattern]) => pattern.test(String(name)))?.[1];
      if (!stopped && id && meaning) tell(id, meaning);
    });
    return () => (stopped = true); // What its `off` takes is not documented.
  },
};
