// A tour tool in miniature: one tour at a time, of three steps, in a box on the page. Its stand-ins
// give it the interface of a provider, written from that provider's published types and documents.
window.tool = {
  flows: ['7'],
  refuses: false, // the server is gone: starts are taken, and nothing comes of them
  active: undefined,
  listeners: [],
  load: () => {}, // puts the SDK in the place of its loader

  // What was asked of the loader, as [method, deferred, arguments]
  drain(sdk, queue) {
    const calls = window[queue]?.splice(0) ?? [];
    calls.forEach(([method, deferred, args]) =>
      Promise.resolve(sdk[method]?.(...args)).then(deferred?.resolve, deferred?.reject));
  },

  tell(what) {
    const told = { id: this.active?.id, step: this.active?.step };
    this.listeners.forEach((listener) => listener(what, told));
  },
  show(id) {
    if (this.refuses || !this.flows.includes(String(id))) return false;
    this.active = { id: String(id), step: 1 };
    this.box = document.body.appendChild(document.createElement('div'));
    this.box.id = 'tour-box';
    this.box.textContent = `Step 1 of tour ${id}`;
    this.tell('shown');
    return true;
  },
  next() {
    this.active.step++;
    this.box.textContent = `Step ${this.active.step}`;
    this.tell('step');
  },
  end(how) {
    this.box.remove();
    this.active.ended = how;
    this.tell(how);
    this.last = this.active;
    this.active = undefined;
  },
};
