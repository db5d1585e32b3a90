// posthog-js 1.449.2: the snippet's array of queued calls, then the SDK with product tours.
window.posthog = Object.assign([], { __SV: 1, on: () => undefined });
tool.load = () => {
  const listeners = [];
  const emit = (event, properties) => listeners.forEach((one) => one({ event, properties }));
  tool.listeners.push((what, { id, step }) => {
    const of = { $product_tour_id: id };
    if (what === 'shown') {
      tool.box.className = `ph-product-tour-container-${id}`;
      tool.box.attachShadow({ mode: 'open' }).innerHTML = '<div class="ph-tour-tooltip">tour</div>';
    }
    if (what === 'shown' || what === 'step') emit('product tour step shown', { ...of, $product_tour_step_order: step - 1 });
    if (what === 'shown') emit('product tour shown', { ...of, $product_tour_render_reason: tool.reason ?? 'api' });
    if (what === 'completed') emit('product tour completed', of);
    if (what === 'dismissed') emit('product tour dismissed', { ...of, $product_tour_dismiss_reason: 'user_clicked_skip' });
  });
  window.posthog = {
    __loaded: true,
    on(name, listener) {
      listeners.push(listener);
      return () => listeners.splice(listeners.indexOf(listener), 1);
    },
    productTours: {
      getActiveProductTours: (answer) => answer([], { isLoaded: true }),
      getProductTours: (answer) => answer(tool.flows.map((id) => ({ id })), { isLoaded: true }),
      showProductTour: (id) => void tool.show(id),
    },
  };
};
