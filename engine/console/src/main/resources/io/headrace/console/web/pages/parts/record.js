// What the handler of a job has recorded: its result, its steps, and how far its cursor has come; and the signals that the job waits
// for. No card where there is nothing.
import { html, nothing } from '../../lit.js';
import { may, redraw } from '../../app.js';
import { card } from '../../parts/blocks.js';
import { copy } from '../../parts/calls.js';
import { at } from '../../parts/clock.js';
import { isCut, json } from '../../parts/json.js';
import { bytes, count, counted, duration } from '../../parts/numbers.js';
import { mark } from '../../parts/state.js';
import { text } from '../../parts/text.js';

const PREVIEW = 120;
const SIGNALS = { WAITING: ['scheduled', 'waiting'], OPEN: ['due', 'not read yet'], SIGNALLED: ['running', 'came'], TIMED_OUT: ['cancelled', 'timed out'] };

export function result(job) {
  if (job.result === null) return nothing;
  const sub = html`${bytes(job.result)}${isCut(job.result) ? ', shown in part' : ''} <button class="quiet small" @click=${() => copy(job.result)}>Copy</button>`;
  return card('Result', sub, json(job.result));
}

/** @param open which values are open */
export function steps(job, open) {
  const { steps: all, stepCount } = job;
  if (all.length === 0) return nothing;
  const sub = stepCount > all.length ? `the last ${count(all.length)} of ${count(stepCount)}` : counted(stepCount, 'step');
  return card('Steps', sub, html`<ol class="steps">${all.map(one => entry(one.name, one.value, html`
    <span class="sub">${one.attempt > 1 ? `attempt ${count(one.attempt)} · ` : nothing}${duration(one.tookSeconds)}</span><span>${at(one.at)}</span>`, `step ${one.name}`, open))}</ol>${hidden()}`);
}

/** @param open which values are open */
export function signals(job, open) {
  const all = job.signals;
  if (all.length === 0) return nothing;
  return card('Signals', counted(all.length, 'signal'), html`<ol class="steps">${all.map(one => {
    const [tone, word] = SIGNALS[one.state] ?? ['completed', one.state];
    return entry(one.key, one.value, html`
      <span class="sub">${one.until ? html`since ${at(one.since)}, until ${at(one.until)}` : html`read at ${at(one.since)}`}</span>${mark(tone, word)}`, `signal ${one.key}`, open);
  })}</ol>${hidden()}`);
}

/** A line with a value, if there is one. */
function entry(name, value, rest, id, open) {
  const line = html`<span class="name strong">${text(name)}</span>
    <code class="preview wide">${value === null ? nothing : text(value.slice(0, PREVIEW))}</code>${rest}`;
  if (value === null) return html`<li><div class="attempt"><div class="line">${line}</div></div></li>`;
  const isOpen = open.has(id);
  const toggle = event => {
    if (event.target.open) open.add(id);
    else open.delete(id);
    redraw();
  };
  return html`<li><details class="attempt" ?open=${isOpen} @toggle=${toggle}><summary>${line}</summary>${isOpen ? json(value) : nothing}</details></li>`;
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
