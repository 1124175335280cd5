// A job: why it is where it is, what happened to it, what it carries, and what can be done.
import { html, nothing } from '../lit.js';
import { may } from '../app.js';
import { get, address, segment } from '../api.js';
import { loaded } from '../loaded.js';
import { to } from '../route.js';
import { buttons, byHand, press } from '../actions/act.js';
import { copyAction } from '../actions/copy.js';
import { jobActions } from '../actions/jobs.js';
import { signalAction } from '../actions/signals.js';
import { card, empty, facts, heading, skeleton, when } from '../parts/blocks.js';
import { copy } from '../parts/calls.js';
import { at } from '../parts/clock.js';
import { isCut, json } from '../parts/json.js';
import { bytes, count } from '../parts/numbers.js';
import { stateOf } from '../parts/state.js';
import { text } from '../parts/text.js';
import { attempts } from './parts/attempts.js';
import { cursor, result, signals, steps } from './parts/record.js';
import { timeline } from './parts/timeline.js';
import { whyBanner } from './parts/why.js';

export function job({ id = '' }) {
  const path = `jobs/${segment(id)}`;
  const snapshot = loaded(signal => get(path, {}, signal));
  const why = loaded(signal => get(`${path}/why`, {}, signal));
  const open = new Set();
  const reload = () => {
    snapshot.reload();
    why.reload();
  };
  return {
    title: `Job ${id}`,
    view: () => (snapshot.value ? whole(snapshot.value, why, open, reload) : waiting(snapshot, id)),
    keys: key => (snapshot.value ? press(key, actionsOf(snapshot.value), reload) : false),
    every: 4,
    refresh: () => isLive(snapshot.value) && reload(),
    close() {
      snapshot.close();
      why.close();
    },
  };
}

function actionsOf(value) {
  const sends = value.signals.filter(one => one.state === 'WAITING').map(one => signalAction(one.key, 'Send its signal', null));
  return [...jobActions(value), ...sends, copyAction(value)].filter(Boolean);
}

function isLive(value) {
  return value?.state === 'PENDING' || value?.state === 'LEASED';
}

function waiting(snapshot, id) {
  if (snapshot.problem?.status === 404) {
    return html`${heading('No such job', html`<code>${text(id)}</code>`)}
      ${card('What this may mean', undefined, empty('It was never enqueued, its transaction is not committed, or it ended and was removed after its retention.', html`<a href=${to('jobs')}>All jobs</a>`))}`;
  }
  return html`${heading('Job', html`<code>${text(id)}</code>`)}${card('Timeline', undefined, when(snapshot, () => nothing, 2))}
    <div class="cols">${card('Attempts', undefined, skeleton(4))}${card('Payload', undefined, skeleton(4))}</div>`;
}

function whole(value, why, open, reload) {
  const actions = actionsOf(value);
  const trace = traceId(value.headers);
  return html`
    ${heading(html`${text(value.kind)} <code class="id">${value.id}</code> ${stateOf(value)}`, html`queue
      <a href=${to('jobs', { queue: value.queue })}>${text(value.queue)}</a> · priority ${value.priority}${
      value.uniqueKey ? html` · key <a href=${to('jobs', { key: value.uniqueKey })}>${text(value.uniqueKey)}</a>` : nothing}${
      value.after ? html` · after <a href=${to('job', { id: value.after })}><code>${value.after}</code></a>` : nothing}${
      trace ? html` · trace <code>${trace}</code>` : nothing}`, buttons(actions, reload))}
    ${whyBanner(why, value)}
    ${timeline(value)}
    <div class="cols">
      <div class="stack">${result(value)}${signals(value, open)}${steps(value, open)}${cursor(value)}${attempts(value)}</div>
      <div class="stack">
        ${payload(value)}
        ${headers(value)}
        ${card('Facts', undefined, facts([
          ['Enqueued', at(value.createdAt)],
          value.runAt && ['Due', at(value.runAt)],
          ['Attempts', value.maxAttempts ? `${count(value.attempt)} of ${count(value.maxAttempts)}` : count(value.attempt)],
          value.worker && ['Worker', html`<a href=${to('engines')}><code>${text(value.worker)}</code></a>`],
        ]))}
        ${byHand(actions)}
      </div>
    </div>`;
}

function payload(value) {
  if (!may('VIEW_PAYLOAD') || value.payload === undefined || value.payload === null) {
    return card('Payload', undefined, empty('Payloads are shown to those who have the right VIEW_PAYLOAD.'));
  }
  const source = value.payload;
  const by = value.payloadTransform ? html`, stored transformed by <code>${text(value.payloadTransform)}</code>` : nothing;
  if (!value.payloadShown) return card('Payload', undefined, html`${json(source, false)}${value.payloadTransform ? html`<p class="sub">It is stored transformed by <code>${text(value.payloadTransform)}</code>.</p>` : nothing}`);
  const sub = html`${value.payloadCut ? 'cut' : bytes(source)}${value.payloadCut || isCut(source) ? ', shown in part' : ''}${by} <button class="quiet small" @click=${() => copy(source)}>Copy</button>
    <a class="button quiet small" href=${address(`jobs/${segment(value.id)}/payload`)} download=${`${value.id}.json`}>Download</a>`;
  return card('Payload', sub, json(source, value.payloadCut));
}

function headers(value) {
  if (!value.headers || value.headers === '{}') return nothing;
  return card('Headers', bytes(value.headers), json(value.headers));
}

/** The trace id of a W3C trace context. */
function traceId(source) {
  return /"traceparent"\s*:\s*"[0-9a-f]{2}-([0-9a-f]{32})-/.exec(source ?? '')?.[1];
}
