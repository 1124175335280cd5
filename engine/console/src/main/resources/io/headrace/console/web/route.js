// The address of what is shown. It is all in the query: it survives a sign-in, works under any prefix, and can be sent to
// a colleague.

/** Reads the address: { page, params }. */
export function current() {
  const params = Object.fromEntries(new URLSearchParams(location.search));
  const page = params.page ?? 'overview';
  delete params.page;
  return { page, params };
}

/** Writes an address; parameters without a value are left out. */
export function to(page, params = {}) {
  const query = new URLSearchParams();
  if (page !== 'overview') query.set('page', page);
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? './' : '?' + text;
}

let changed = () => {};

/** Calls back when the address changes, and makes links within the console change it without a new document. */
export function onChange(callback) {
  changed = callback;
  addEventListener('popstate', () => changed());
  addEventListener('click', event => {
    const link = event.target.closest?.('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const href = link.getAttribute('href');
    if ((href !== './' && !href.startsWith('?')) || link.hasAttribute('download')) return;
    event.preventDefault();
    go(href);
  });
}

/** Opens an address. */
export function go(href, replace = false) {
  history[replace ? 'replaceState' : 'pushState'](null, '', href);
  changed();
}
