// A schedule: its next times, with what a change of the clocks does to them, and its fires.
import { html, nothing } from '../lit.js';
import { get, segment } from '../api.js';
import { loaded } from '../loaded.js';
import { to } from '../route.js';
import { buttons, byHand, press } from '../actions/act.js';
import { scheduleActions } from '../actions/schedules.js';
import { card, empty, facts, heading, table, when } from '../parts/blocks.js';
import { at, away, weekday } from '../parts/clock.js';
import { count, counted, duration } from '../parts/numbers.js';
import { mark, stateOf } from '../parts/state.js';
import { text } from '../parts/text.js';
import { scheduleState, words } from './schedules.js';

const OUTCOMES = { ENQUEUED: ['running', 'enqueued'], WAITING: ['scheduled', 'waiting'], SKIPPED: ['cancelled', 'skipped'], FAILED: ['failed', 'failed'] };
const CAUSES = { DUE: 'due', RUN_NOW: 'run now', BACKFILL: 'backfill' };
const SHIFTS = {
  GAP: 'clocks go forward: the time does not exist, fires right after',
  REPEATED_HOUR: 'clocks go back: the hour occurs a second time',
};

export function schedule({ name = '' }) {
  const path = `schedules/${segment(name)}`;
  const one = loaded(signal => get(path, {}, signal));
  const next = loaded(signal => get(`${path}/preview`, { count: 12 }, signal));
  const fires = loaded(signal => get(`${path}/fires`, { limit: 50 }, signal));
  const all = [one, next, fires];
  const reload = () => all.forEach(each => each.reload());
  return {
    title: `Schedule ${name}`,
    view: () => html`${heading(html`${text(name)} ${one.value ? scheduleState(one.value) : nothing}`, one.value ? words(one.value) : nothing, one.value ? buttons(scheduleActions(one.value), reload) : nothing)}
      <div class="cols">
        <div class="stack">${card('Fires', 'latest first', when(fires, fireTable, 8))}</div>
        <div class="stack">
          ${card('Next times', zone(one.value), when(next, answer => times(answer, one.value), 8))}
          ${card('Facts', undefined, when(one, details, 5))}
          ${one.value ? byHand(scheduleActions(one.value)) : nothing}
        </div>
      </div>`,
    keys: key => (one.value ? press(key, scheduleActions(one.value), reload) : false),
    close: () => all.forEach(each => each.close()),
  };
}

function zone(schedule) {
  return schedule?.zone ? `by the clocks of ${schedule.zone}` : undefined;
}

function times(answer, schedule) {
  const all = answer.instants;
  if (all.length === 0) return empty('It has no further time.');
  return html`<ol class="times">${all.map(one => html`<li>
    <span class="weekday">${weekday(one.at)}</span><span>${at(one.at)}</span><span class="quiet-text">${away(one.at)}</span>
    ${SHIFTS[one.shift] ? html`<span class="shift">${mark('retrying', SHIFTS[one.shift])}</span>` : nothing}</li>`)}</ol>
    ${schedule && schedule.state !== 'ACTIVE' ? html`<p class="foot">These times do not fire while it is ${schedule.state.toLowerCase()}.</p>` : nothing}`;
}

function fireTable(answer) {
  if (answer.fires.length === 0) return empty('It has not fired yet.');
  return table('Fires', html`<th>Time</th><th>Outcome</th><th class="wide">Cause</th><th class="num wide">Late by</th><th>Job</th>`, answer.fires.map(fire => {
    const [tone, word] = OUTCOMES[fire.outcome] ?? ['completed', fire.outcome];
    return html`<tr data-key=${fire.at}>
      <td>${at(fire.at)}${fire.passedOver > 0 ? html`<span class="sub">${counted(fire.passedOver, 'time')} before it passed over</span>` : nothing}</td>
      <td>${mark(tone, word)}${fire.problem ? html`<span class="sub bad">${text(fire.problem)}</span>` : nothing}</td>
      <td class="wide">${CAUSES[fire.cause] ?? fire.cause}</td>
      <td class="num wide">${fire.cause === 'DUE' ? duration(Math.max(0, (Date.parse(fire.firedAt) - Date.parse(fire.at)) / 1000)) : '–'}</td>
      <td>${fire.job ? html`<a class="row" href=${to('job', { id: fire.job })}>${fire.jobState ? stateOf({ state: fire.jobState, attempt: 0 }) : 'pruned'}</a>` : html`<span class="none">–</span>`}</td></tr>`;
  }));
}

function details(schedule) {
  return facts([
    ['Timetable', html`<code>${text(schedule.timetable)}</code>`],
    ['Kind', html`<a href=${to('jobs', { kind: schedule.kind })}>${text(schedule.kind)}</a>`],
    ['Queue', text(schedule.queue)],
    ['Declared in code', schedule.declared ? (schedule.overridden ? 'yes, changed by an operator' : 'yes') : 'no'],
    ['Missed times', text(missed(schedule.misfire))],
    ['Overlap', text(String(schedule.overlap).toLowerCase().replaceAll('_', ' '))],
    schedule.jitterSeconds > 0 && ['Jitter', `up to ${duration(schedule.jitterSeconds)}`],
    ['Fires', count(schedule.fires)],
    ['Passed over', count(schedule.passedOver)],
    schedule.lastJob && ['Last job', html`<a href=${to('job', { id: schedule.lastJob })}><code>${schedule.lastJob}</code></a>`],
  ]);
}

function missed(misfire) {
  if (misfire === 'SKIP') return 'do not fire';
  return misfire === 'ONCE' ? 'the latest one fires' : `the latest ${/\d+/.exec(misfire)?.[0] ?? ''} fire`;
}
