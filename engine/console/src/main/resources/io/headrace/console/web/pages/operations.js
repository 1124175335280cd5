// Bulk operations: how far they are, what came of them, and a button that stops them.
import { html, nothing, repeat } from '../lit.js';
import { app } from '../app.js';
import { get, post, segment } from '../api.js';
import { loaded } from '../loaded.js';
import { to } from '../route.js';
import { buttons, byHand, press } from '../actions/act.js';
import { expected } from '../actions/expected.js';
import { java, shell } from '../actions/quote.js';
import { card, empty, heading, when } from '../parts/blocks.js';
import { at, since } from '../parts/clock.js';
import { count, counted, duration, percent, rate } from '../parts/numbers.js';
import { progress } from '../parts/progress.js';
import { mark } from '../parts/state.js';
import { joined, text } from '../parts/text.js';

const STATES = { RUNNING: ['running', 'running'], STOPPING: ['retrying', 'stopping'], STOPPED: ['cancelled', 'stopped'], DONE: ['completed', 'done'] };

export function operations({ id }) {
  const read = loaded(signal => get('operations', {}, signal));
  // What events tell is newer than what was read.
  const all = () => (read.value?.operations ?? []).map(newer).concat(unread(read.value?.operations ?? []))
    .sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  return {
    title: 'Bulk operations',
    view() {
      const shown = all();
      const first = shown.find(one => one.id === id) ?? shown[0];
      return html`${heading('Bulk operations', 'They are kept in the database and continue without this page. Each job is counted once.')}
        ${card('Operations', 'latest first', when(read, () => shown.length === 0
          ? empty('No bulk operation yet. Retry, discard or cancel many jobs from a filtered list.', html`<a href=${to('failures')}>Failures by cause</a>`)
          : html`<ul class="operations">${repeat(shown, one => one.id, one => row(one, one.id === id))}</ul>`, 4))}
        ${first ? byHand(stop(first)) : nothing}`;
    },
    keys(key, row) {
      const one = all().find(each => each.id === row);
      return one ? press(key, stop(one)) : false;
    },
    close: () => read.close(),
  };
}

function newer(one) {
  const event = app.operations.get(one.id);
  return event && !isOver(one) ? event : one;
}

function isOver({ state }) {
  return state === 'DONE' || state === 'STOPPED';
}

function unread(read) {
  const known = new Set(read.map(one => one.id));
  return [...app.operations.values()].filter(one => !known.has(one.id));
}

/** What an operation selects, in words. */
function selection({ action: which }) {
  const names = ['kind', 'queue', 'fingerprint'].filter(name => which[name]);
  if (which.ids) return counted(which.ids.length, 'selected job');
  return names.length === 0 ? nothing : joined(names.map(name => html`${name} <b>${text(which[name])}</b>`), ' · ');
}

function stop(operation) {
  if (operation.state !== 'RUNNING') return [];
  return [{
    label: 'Stop', key: 's', right: operation.action.action, isDanger: true,
    cli: `headrace operations stop ${shell(operation.id)}`,
    java: `operator.bulk().stop(${java(operation.id)})`,
    run: async () => {
      const answer = await post(`operations/${segment(operation.id)}/stop`);
      app.operations.set(answer.id, answer);
      return 'The operation stops after the chunk in flight. What it has done stays done.';
    },
  }];
}

function row(operation, isChosen) {
  const [tone, word] = STATES[operation.state] ?? ['completed', operation.state];
  const whole = operation.state === 'DONE' ? undefined : expected(operation);
  const seconds = isOver(operation) ? (Date.parse(operation.endedAt) - Date.parse(operation.startedAt)) / 1000 : since(operation.startedAt);
  return html`<li data-key=${operation.id} class=${isChosen ? 'chosen' : ''}>
    <div class="what"><p><button class="row link strong">${operation.action.action.toLowerCase()}</button> ${selection(operation)}</p>
      <p class="sub">${text(operation.startedBy)} · ${at(operation.startedAt)} · ${duration(seconds)}${seconds > 0.5 ? ` · ${rate(operation.done / seconds)}` : ''}</p></div>
    <div class="progress">${progress(operation)}
      <p class="sub"><b>${count(operation.done)}</b> done${whole ? ` of ${count(whole)}, ${percent(operation.matched, whole)}` : ''} · ${count(operation.raced)} raced · ${count(operation.pruned)} pruned</p></div>
    ${mark(tone, word)}
    <div class="buttons">${buttons(stop(operation))}</div></li>`;
}
