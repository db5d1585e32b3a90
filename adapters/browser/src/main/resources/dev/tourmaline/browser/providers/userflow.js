/** Does not say what its flows do; its server's webhooks do. */
export const userflow = {
  global: 'userflow',
  hintsOnly: true,
  isLoaded: (sdk) => sdk._stubbed !== true,
  obstacle: (sdk) => (sdk.isIdentified?.() === false ? 'no user is identified' : ''),
  start: (sdk, id) => Promise.resolve(sdk.start(id)).then(() => true),
};
