// A job as a row.
import { html, nothing } from '../../lit.js';
import { may } from '../../app.js';
import { to } from '../../route.js';
import { at, away } from '../../parts/clock.js';
import { stateOf } from '../../parts/state.js';
import { className, text } from '../../parts/text.js';

const WHEN = { PENDING: 'Due', LEASED: 'Leased', COMPLETED: 'Completed', FAILED: 'Failed', CANCELLED: 'Cancelled', DISCARDED: 'Failed' };

/** Whether jobs can be selected: who may do nothing needs no boxes. */
function isSelectable() {
  return may('RETRY') || may('DISCARD');
}

/** @param state the state that all rows have, if they have one */
export function jobHead(state) {
  return html`${isSelectable() ? html`<th class="select"><span class="hidden">Selected</span></th>` : nothing}
    <th>State</th><th>Kind</th><th class="wide">Id</th><th class="wide">Queue</th><th class="num wide">Attempt</th><th>${WHEN[state] ?? 'When'}</th><th class="rest wide">${state === 'FAILED' ? 'Error' : 'Detail'}</th>`;
}

export function jobRow(job, isSelected, toggle) {
  return html`<tr data-key=${job.id} class=${isSelected ? 'selected' : ''}>
    ${isSelectable() ? html`<td class="select"><input type="checkbox" tabindex="-1" aria-label=${`Select ${job.id}`} .checked=${isSelected} @change=${toggle}></td>` : nothing}
    <td>${stateOf(job)}</td>
    <td class="name"><a class="row strong" href=${to('job', { id: job.id })}>${text(job.kind)}</a><span class="narrow sub">${text(job.queue)}</span></td>
    <td class="wide"><code>${job.id}</code></td>
    <td class="wide name">${text(job.queue)}</td>
    <td class="num wide">${job.attempt}</td>
    <td>${when(job)}</td>
    <td class="rest wide">${detail(job)}</td></tr>`;
}

function when(job) {
  if (job.endedAt) return at(job.endedAt);
  return job.runAt ? away(job.runAt) : html`<span class="none">–</span>`;
}

function detail(job) {
  if (job.errorType) return html`<b>${className(job.errorType)}</b>${job.message ? html` <span class="quiet-text">${text(job.message)}</span>` : nothing}`;
  if (job.worker) return html`<span class="quiet-text">on ${text(job.worker)}</span>`;
  return job.uniqueKey ? html`<span class="quiet-text">key ${text(job.uniqueKey)}</span>` : nothing;
}
