// How many jobs a bulk operation will come to, as its preview said: an operation itself counts what it has done.
import { settings } from '../app.js';

/** Keeps what the preview said, for this browser. */
export function expect(id, { count, atLeast }) {
  if (!atLeast) settings.set('expected.' + id, count);
}

/** How many jobs to expect; undefined if that is not known. */
export function expected(operation) {
  if (operation.state === 'DONE') return operation.matched;
  const kept = Number(settings.get('expected.' + operation.id));
  return kept >= operation.matched && kept > 0 ? kept : undefined;
}
