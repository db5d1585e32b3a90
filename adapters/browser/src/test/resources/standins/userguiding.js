// The snippet of UserGuiding: calls wait in `q`, and events are subscribed by pushing to the layer.
window.userGuidingLayer = [];
window.userGuiding = { q: [], c: () => {}, previewGuide: (...call) => userGuiding.q.push(call) };
tool.load = () => {
  const events = [...window.userGuidingLayer];
  window.userGuidingLayer.push = (one) => events.push(one);
  const emit = (event, data) => events.forEach((one) => one.event === event && one.fn(data));
  tool.listeners.push((what, { id, step }) => {
    const guideId = Number(id);
    if (what === 'shown') emit('onPreviewStart', { event: 'previewStart', guideId });
    if (what === 'shown' || what === 'step') emit('onPreviewStep', { guideId, stepIndex: step - 1 });
    if (what === 'completed') emit('onPreviewComplete', { guideId });
    if (what === 'dismissed') emit('onPreviewDismiss', { guideId });
    if (what === 'completed' || what === 'dismissed') emit('onPreviewEnd', { guideId, completed: what === 'completed' });
  });
  window.userGuiding = { previewGuide: (id) => typeof id === 'number' && void tool.show(id) };
  emit('onload', {});
};
