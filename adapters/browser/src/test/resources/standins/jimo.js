// Jimo's snippet: an array of commands, then the SDK.
window.jimo = [];
tool.load = () => {
  window.jimo = {
    push: ([verb, what, [{ evolutionId }]]) => void (verb === 'do' && what === 'boosted:trigger' && tool.show(evolutionId)),
  };
};
