/** Its queue is an array until the SDK takes its place or its `push`. It says nothing of tours. */
export const jimo = {
  global: 'jimo',
  hintsOnly: true,
  isLoaded: (sdk) => !Array.isArray(sdk) || sdk.push !== Array.prototype.push,
  start: (sdk, id) => void sdk.push(['do', 'boosted:trigger', [{ evolutionId: id }]]),
};
