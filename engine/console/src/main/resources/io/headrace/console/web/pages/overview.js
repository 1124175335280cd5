// The overview: is everything well, and if not, where to look.
import { html, nothing, repeat } from '../lit.js';
import { app } from '../app.js';
import { get } from '../api.js';
import { loaded } from '../loaded.js';
import { to } from '../route.js';
import { press } from '../actions/act.js';
import { causeActions } from '../actions/causes.js';
import { chart } from '../parts/chart.js';
import { card, empty, heading, skeleton, when } from '../parts/blocks.js';
import { at } from '../parts/clock.js';
import { brief, count, counted, duration, failedCount, percent, rate } from '../parts/numbers.js';
import { history } from '../parts/history.js';
import { spark } from '../parts/spark.js';
import { mark } from '../parts/state.js';
import { depthOf } from '../parts/depth.js';
import { text } from '../parts/text.js';
import { slotsOf } from '../parts/worker.js';
import { causeOf, causeRows } from './parts/causes.js';
import { pressQueue, queueTable } from './parts/queues.js';
import { drawing } from './parts/activity.js';

const MINUTES = 60;

export function overview() {
  const activity = loaded(signal => get('activity', { minutes: MINUTES, buckets: MINUTES }, signal));
  const marks = loaded(signal => get('marks', { hours: 2 }, signal));
  const causes = loaded(signal => get('failures', {}, signal));
  const audit = loaded(signal => get('audit', {}, signal));
  const all = [activity, marks, causes, audit];
  return {
    title: 'Overview',
    view: () => html`${heading('Overview', lead(audit))}
      ${tiles()}
      ${card('Jobs settled per second', legend(), when(activity, value => plot(value, marks.value), 5), 'plot')}
      <div class="cols">
        ${card('Queues', html`<a href=${to('queues')}>All queues</a>`, queuesCard())}
        ${card('Failures by cause', html`<a href=${to('failures')}>All causes</a>`, when(causes, causesCard, 5))}
      </div>`,
    keys: (key, row) => pressRow(key, row, causes),
    every: 30,
    refresh: () => all.forEach(one => one.reload()),
    close: () => all.forEach(one => one.close()),
  };
}

function lead(audit) {
  const last = audit.value;
  const checked = !last?.at ? html`<a href=${to('audit')}>No audit</a> has run in this process yet.`
    : last.findings.length === 0
      ? html`Every job is in exactly one place, checked ${at(last.at)}, took ${duration(last.tookSeconds)}.`
      : html`<span class="bad">The audit found something.</span> <a href=${to('audit')}>See what</a>.`;
  const workers = app.live?.workers;
  if (!workers) return checked;
  const silent = workers.filter(worker => worker.silent).length;
  const engines = workers.length === 0 ? html`<span class="bad">No engine is running.</span>`
    : silent > 0 ? html`<span class="bad">${silent} of ${counted(workers.length, 'engine')} silent.</span>`
    : `${counted(workers.length, 'engine')}, all with a recent heartbeat.`;
  const problem = app.live.problem ? html` <span class="bad">The database was not read: ${text(app.live.problem)}</span>` : nothing;
  return html`${checked} ${engines}${problem}`;
}

function tiles() {
  const view = app.live;
  const sum = field => (view ? view.queues.reduce((total, queue) => total + queue[field], 0) : undefined);
  const oldest = view ? Math.max(0, ...view.queues.map(queue => queue.oldestDueSeconds ?? 0)) : 0;
  const slots = view?.workers.reduce((total, worker) => total + slotsOf(worker), 0);
  const settled = view ? sum('completedPerSecond') + sum('retriedPerSecond') + sum('failedPerSecond') : undefined;
  const tile = (label, value, note, name, tone, href) => html`<a class="card tile" href=${href}>
    <span class="k">${label}</span><span class="v">${value}</span>${spark(history(name), tone)}<span class="d">${note}</span></a>`;
  const pending = !view;
  return html`<div class="tiles">
    ${tile('Settled', pending ? '–' : rate(settled), 'completed, retried and failed', 'settled', 'water', to('queues'))}
    ${tile('Due now', pending ? '–' : big(sum('due')), pending ? '' : oldest > 0 ? `oldest ${duration(oldest)}` : 'nothing waits', 'due', 'due', to('jobs', { state: 'PENDING' }))}
    ${tile('Running', pending ? '–' : big(sum('leased')), pending ? '' : `of ${counted(slots, 'slot')}`, 'leased', 'running', to('jobs', { state: 'LEASED' }))}
    ${tile('Retried', pending ? '–' : rate(sum('retriedPerSecond')), pending ? '' : `${percent(sum('retriedPerSecond'), settled)} of attempts`, 'retried', 'retrying', to('jobs', { state: 'PENDING' }))}
    ${tile('Failed', pending ? '–' : failedCount(sum('failed')), pending ? '' : sum('failedPerSecond') > 0 ? `now ${rate(sum('failedPerSecond'))}` : 'none at the moment', 'tombstones', 'failed', to('failures'))}
  </div>`;
}

/** A figure that leaves room for what is beside it. */
function big(number) {
  return number < 1_000_000 ? count(number) : html`<span title=${count(number)}>${brief(number)}</span>`;
}

function legend() {
  return html`<span class="legend">${mark('completed', 'completed')}${mark('retrying', 'retried')}${mark('failed', 'failed')}<span class="deploy">engine start</span></span>`;
}

function plot(activity, marks) {
  const { data, starts } = drawing(activity, marks);
  if (data.at.length === 0) return empty('No job has been settled yet.');
  const sum = name => data[name].reduce((total, value) => total + value, 0) / data.at.length;
  const words = `The last ${MINUTES} minutes, on average: ${rate(sum('completed'))} completed, ${rate(sum('retried'))} retried, ${rate(sum('failed'))} failed.`;
  return html`${chart(data, starts, words)}
    ${activity.estimated ? html`<p class="foot">Estimated from a sample.</p>` : nothing}`;
}

function queuesCard() {
  if (!app.live) return skeleton(5);
  const fullest = [...app.live.queues].sort((a, b) => depthOf(b) - depthOf(a)).slice(0, 8);
  if (fullest.length === 0) return empty('No queue yet. A queue appears with its first job or engine.');
  return queueTable(fullest, false);
}

function causesCard(answer) {
  if (answer.causes.length === 0) return empty('No failed job. Nothing to do.');
  return html`<ul class="causes">${repeat(answer.causes.slice(0, 5), cause => cause.fingerprint, cause => causeRows(cause, true))}</ul>`;
}

function pressRow(key, row, causes) {
  if (pressQueue(key, row)) return true;
  const cause = causeOf(row, causes.value);
  return cause ? press(key, causeActions(cause), () => causes.reload()) : false;
}
