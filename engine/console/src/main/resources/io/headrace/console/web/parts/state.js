// The states of jobs, told apart by a word, a mark and a colour, so that no colour carries meaning alone.
import { html } from '../lit.js';
import { now } from './clock.js';

/** The filter words of the console and the states of the API behind them. */
export const STATES = ['PENDING', 'LEASED', 'COMPLETED', 'FAILED', 'CANCELLED', 'DISCARDED'];

const WORDS = {
  PENDING: 'waiting',
  LEASED: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  DISCARDED: 'discarded',
};

/** The word for a state of the API. */
export function stateWord(state) {
  return Object.hasOwn(WORDS, state) ? WORDS[state] : String(state).toLowerCase();
}

/** How a job is shown: a waiting one is due, scheduled, or waits to retry. */
export function look(job) {
  if (job.state !== 'PENDING') return { tone: tone(job.state), word: stateWord(job.state) };
  if (!job.runAt || Date.parse(job.runAt) <= now()) return { tone: 'due', word: 'due' };
  return job.attempt > 0 ? { tone: 'retrying', word: 'waiting to retry' } : { tone: 'scheduled', word: 'scheduled' };
}

export function tone(state) {
  return { PENDING: 'due', LEASED: 'running' }[state] ?? String(state).toLowerCase();
}

/** A mark with a word. */
export function mark(tone, word) {
  return html`<span class=${'state ' + tone}>${word}</span>`;
}

/** The state of a job. */
export function stateOf(job) {
  const { tone, word } = look(job);
  return mark(tone, word);
}
