// A value that is read from the API: what it is, whether it is being read, and what went wrong.
import { redraw } from './app.js';
import { Problem } from './api.js';

/**
 * Reads at once, and again with reload(). The last value stays while a newer one is on its way, so that nothing jumps.
 * @param read a function of an abort signal that returns a promise
 */
export function loaded(read) {
  let round = 0;
  let abort = new AbortController();
  const it = {
    value: undefined,
    problem: undefined,
    busy: false,
    async reload() {
      const mine = ++round;
      abort.abort();
      abort = new AbortController();
      it.busy = true;
      redraw();
      try {
        const value = await read(abort.signal);
        if (mine !== round) return;
        it.value = value;
        it.problem = undefined;
      } catch (error) {
        if (mine !== round || error.name === 'AbortError') return;
        if (!(error instanceof Problem)) console.error(error);
        it.problem = error;
      }
      it.busy = false;
      redraw();
    },
    close() {
      round++;
      abort.abort();
    },
  };
  it.reload();
  return it;
}
