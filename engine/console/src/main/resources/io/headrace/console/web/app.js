// What all parts of the console share: who is asking, the latest live view, and how to draw again.

export const app = {
  /** The answer of GET /me. */
  me: { name: '', rights: [], instance: '', version: '' },
  /** The page that is open: { title, view, keys, close }. */
  page: undefined,
  /** The route that is open: { page, params }. */
  route: undefined,
  /** The latest live view, and the bulk operations by id. */
  live: undefined,
  operations: new Map(),
};

let draw = () => {};
let asked = false;

/** Sets the function that draws everything. */
export function drawWith(function_) {
  draw = function_;
}

/** Draws everything once, before the next frame. Cheap: only what changed touches the document. */
export function redraw() {
  if (asked) return;
  asked = true;
  // Frames do not come while a tab is hidden, and nobody looks.
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

/** Whether the person may do this. What is not permitted is not shown. */
export function may(right) {
  return app.me.rights.includes(right);
}

/** A setting of this browser, kept across visits where storage is available. */
export const settings = {
  get(name) {
    try {
      return localStorage.getItem('headrace.' + name);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      if (value === null) localStorage.removeItem('headrace.' + name);
      else localStorage.setItem('headrace.' + name, value);
    } catch {
      // It holds until the page is closed.
    }
  },
};
