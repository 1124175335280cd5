// The failed attempts of a job, the latest first and open; a cause that repeats is named once.
import { html, nothing } from '../../lit.js';
import { to } from '../../route.js';
import { card, empty } from '../../parts/blocks.js';
import { at } from '../../parts/clock.js';
import { counted, duration } from '../../parts/numbers.js';
import { trace } from '../../parts/trace.js';
import { className, text } from '../../parts/text.js';

export function attempts(job) {
  const all = [...job.failures].reverse();
  if (all.length === 0) return card('Attempts', undefined, empty(none(job)));
  const causes = new Set(all.map(one => one.fingerprint ?? one.errorType));
  const sub = job.state === 'CANCELLED' && all.length === 1 ? undefined : `${counted(all.length, 'entry', 'entries')}${causes.size === 1 && all.length > 1 ? ', same cause' : ''}`;
  return card('Attempts', sub, html`<div class="attempts">${all.map((failure, i) => attempt(job, failure, all[i + 1], i === 0))}</div>`);
}

function none(job) {
  if (job.state === 'COMPLETED') return 'No attempt failed.';
  return job.state === 'LEASED' ? 'The first attempt runs, or waits in its worker. None has failed.' : 'No attempt has failed yet.';
}

function attempt(job, failure, before, isFirst) {
  const from = before ? before.at : job.createdAt;
  const seconds = (Date.parse(failure.at) - Date.parse(from)) / 1000;
  return html`<details class="attempt" ?open=${isFirst}>
    <summary><span class="number">${failure.attempt}</span><span class="state failed">${className(failure.errorType)}</span>
      <span class="spread"></span><span class="sub">${failure.engineVersion ? html`${text(failure.engineVersion)} · ` : nothing}${duration(seconds)} after ${before ? 'the one before' : 'its enqueue'}</span>
      <span>${at(failure.at)}</span></summary>
    <div class="error"><p class="error-type">${text(failure.errorType)}${failure.message ? html`: <span>${text(failure.message)}</span>` : nothing}</p>
      ${failure.trace ? trace(frames(failure)) : html`<p class="sub">No stack trace is on record.</p>`}
      ${failure.fingerprint ? html`<p class="sub"><a href=${to('failures', { fingerprint: failure.fingerprint })}>All jobs that failed like this</a></p>` : nothing}</div></details>`;
}

/** The trace without its first line, if that repeats type and message. */
function frames(failure) {
  const { trace: source, errorType } = failure;
  const end = source.indexOf('\n    at ') >= 0 ? source.indexOf('\n    at ') : source.indexOf('\n\tat ');
  return end > 0 && source.startsWith(errorType) ? source.slice(end + 1) : source;
}
