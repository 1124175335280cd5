// When a queue is empty, in words.
import { html } from '../lit.js';
import { now, timeText } from './clock.js';
import { duration } from './numbers.js';

/** @param queue of the live view */
export function forecast(queue) {
  const { outlook, inSeconds } = queue.forecast ?? {};
  switch (outlook) {
    case 'EMPTY': return html`<span class="quiet-text">empty</span>`;
    case 'PAUSED': return html`<span class="state cancelled">paused</span>`;
    case 'NEVER': return html`<span class="bad" title="At the current rate, more jobs come due than are settled">never at this rate</span>`;
    case 'EMPTY_IN': return inSeconds < 60
        ? html`empty in ${duration(inSeconds)}`
        : html`empty at ${timeText(now() + inSeconds * 1000, true)}`;
    default: return html`<span class="none">–</span>`;
  }
}
