// Engines: who runs, what they hold, which version they are, and when they came and went.
import { html, nothing, repeat } from '../lit.js';
import { app } from '../app.js';
import { get } from '../api.js';
import { loaded } from '../loaded.js';
import { card, empty, heading, skeleton, table, when } from '../parts/blocks.js';
import { at, away } from '../parts/clock.js';
import { count, counted } from '../parts/numbers.js';
import { mark } from '../parts/state.js';
import { joined, text } from '../parts/text.js';
import { slotsOf } from '../parts/worker.js';

export function engines() {
  const marks = loaded(signal => get('marks', { hours: 48 }, signal));
  return {
    title: 'Engines',
    view: () => html`${heading('Engines', lead())}
      ${card('Running', 'as they registered', app.live ? running(app.live.workers) : skeleton(4))}
      ${card('Starts and stops', 'last 48 hours', when(marks, deploys, 5))}`,
    close: () => marks.close(),
  };
}

function lead() {
  if (!app.live) return 'Reading…';
  const versions = new Set(app.live.workers.map(worker => worker.version).filter(Boolean));
  const silent = app.live.workers.filter(worker => worker.silent).length;
  return `${counted(app.live.workers.length, 'engine')}${versions.size > 1 ? `, ${versions.size} versions` : ''}. ${silent === 0 ? 'All have a recent heartbeat.' : `${silent} silent: a sweep returns their jobs.`}`;
}

function running(workers) {
  if (workers.length === 0) return empty('No engine is running, so no job is. Start an application with an engine on this database.');
  const head = html`<th>Engine</th><th>State</th><th class="wide">Version</th><th class="num">Jobs</th><th class="num wide">Leases</th><th class="wide">Heartbeat</th><th class="wide">Started</th><th class="wide">Queues</th><th class="wide">Kinds</th>`;
  return table('Engines', head, repeat(workers, worker => worker.id, worker => html`<tr data-key=${worker.id}>
    <td class="name"><b>${text(worker.name)}</b><code class="sub">${worker.id}</code></td>
    <td>${worker.silent ? mark('failed', 'silent') : mark('running', 'live')}</td>
    <td class="wide">${text(worker.version)}</td>
    <td class="num">${count(worker.jobs)}${slots(worker)}</td>
    <td class="num wide">${count(worker.leases)}</td>
    <td class="wide">${away(worker.heardAt)}</td>
    <td class="wide">${at(worker.startedAt)}</td>
    <td class="wide wrap">${list(worker.queues)}</td>
    <td class="wide wrap">${list(worker.kinds)}</td></tr>`));
}

function slots(worker) {
  const total = slotsOf(worker);
  return total === 0 ? nothing : html`<span class="quiet-text"> of ${count(total)}</span>`;
}

function list(names) {
  const all = [...(names ?? [])].sort();
  if (all.length === 0) return html`<span class="none">–</span>`;
  return html`${joined(all.slice(0, 4).map(text))}${all.length > 4 ? html`<span title=${all.slice(4).join(', ')}> and ${all.length - 4} more</span>` : nothing}`;
}

function deploys(answer) {
  if (answer.marks.length === 0) return empty('No engine started or stopped in this time.');
  const head = html`<th>Engine</th><th>Version</th><th>Started</th><th>Ended</th><th class="wide">How</th>`;
  return table('Starts and stops', head, answer.marks.map(one => html`<tr>
    <td class="name"><b>${text(one.engine)}</b><code class="sub">${one.worker}</code></td><td>${text(one.version)}</td>
    <td>${at(one.startedAt)}</td><td>${one.endedAt ? at(one.endedAt) : mark('running', 'runs')}</td>
    <td class="wide">${one.end ? text(String(one.end).toLowerCase().replaceAll('_', ' ')) : html`<span class="none">–</span>`}</td></tr>`));
}
