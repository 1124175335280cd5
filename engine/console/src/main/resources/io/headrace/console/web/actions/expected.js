// How many jobs a bulk operation will come to, as its preview said: an operation itself counts what it has done.

const KEY = 'headrace.expected.';

/** Keeps what the preview said, for this browser. */
export function expect(id, { count, atLeast }) {
  if (atLeast) return;
  try {
    localStorage.setItem(KEY + id, count);
  } catch {
    // Its progress is then shown without an end.
  }
}

/** How many jobs to expect; undefined if that is not known. */
export function expected(operation) {
  if (operation.state === 'DONE') return operation.matched;
  try {
    const kept = Number(localStorage.getItem(KEY + operation.id));
    return kept >= operation.matched && kept > 0 ? kept : undefined;
  } catch {
    return undefined;
  }
}
