// What the handler of a job has recorded: its result, its steps, and how far its cursor has come. No card where there is nothing.
import { html, nothing } from '../../lit.js';
import { may, redraw } from '../../app.js';
import { card } from '../../parts/blocks.js';
import { copy } from '../../parts/calls.js';
import { at } from '../../parts/clock.js';
import { isCut, json } from '../../parts/json.js';
import { bytes, count, counted, duration } from '../../parts/numbers.js';
import { text } from '../../parts/text.js';

const PREVIEW = 120;

export function result(job) {
  if (job.result === null) return nothing;
  const sub = html`${bytes(job.result)}${isCut(job.result) ? ', shown in part' : ''} <button class="quiet small" @click=${() => copy(job.result)}>Copy</button>`;
  return card('Result', sub, json(job.result));
}

/** @param open the names of the steps whose values are open */
export function steps(job, open) {
  const { steps: all, stepCount } = job;
  if (all.length === 0) return nothing;
  const sub = stepCount > all.length ? `the last ${count(all.length)} of ${count(stepCount)}` : counted(stepCount, 'step');
  return card('Steps', sub, html`<ol class="steps">${all.map(one => html`<li>${step(one, open)}</li>`)}</ol>${hidden()}`);
}

function step(one, open) {
  const line = html`<span class="name strong">${text(one.name)}</span>
    <code class="preview wide">${one.value === null ? nothing : text(one.value.slice(0, PREVIEW))}</code>
    <span class="sub">${one.attempt > 1 ? `attempt ${count(one.attempt)} · ` : nothing}${duration(one.tookSeconds)}</span><span>${at(one.at)}</span>`;
  if (one.value === null) return html`<div class="attempt"><div class="line">${line}</div></div>`;
  const isOpen = open.has(one.name);
  const toggle = event => {
    if (event.target.open) open.add(one.name);
    else open.delete(one.name);
    redraw();
  };
  return html`<details class="attempt" ?open=${isOpen} @toggle=${toggle}><summary>${line}</summary>${isOpen ? json(one.value) : nothing}</details>`;
}

export function cursor(job) {
  if (!job.cursor) return nothing;
  const { value, attempt, at: moved } = job.cursor;
  return card('Cursor', html`<span>moved in attempt ${count(attempt)}, ${at(moved)}</span>`, value === null ? hidden() : json(value));
}

/** What is said where values are missing. */
function hidden() {
  return may('VIEW_PAYLOAD') ? nothing : html`<p class="foot">Values are shown to those who have the right VIEW_PAYLOAD.</p>`;
}
