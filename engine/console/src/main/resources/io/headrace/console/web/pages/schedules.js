// Schedules: what fires when, in words, and whether it does.
import { html, nothing, repeat } from '../lit.js';
import { get } from '../api.js';
import { loaded } from '../loaded.js';
import { to } from '../route.js';
import { buttons, byHand, press } from '../actions/act.js';
import { scheduleActions } from '../actions/schedules.js';
import { card, empty, heading, table, when } from '../parts/blocks.js';
import { at, away } from '../parts/clock.js';
import { count, counted } from '../parts/numbers.js';
import { mark } from '../parts/state.js';
import { text } from '../parts/text.js';

const LOOKS = { ACTIVE: ['running', 'active'], PAUSED: ['cancelled', 'paused'], UNDECLARED: ['retrying', 'undeclared'], ENDED: ['completed', 'ended'] };

/** The state of a schedule. */
export function scheduleState(schedule) {
  const [tone, word] = LOOKS[schedule.state] ?? ['completed', String(schedule.state)];
  return mark(tone, word);
}

/** The timetable of a schedule in words. */
export function words(schedule) {
  if (!schedule.timetable) return html`<span class="bad">cannot be read by this process</span>`;
  return text(schedule.description);
}

export function schedules() {
  const all = loaded(signal => get('schedules', {}, signal));
  const reload = () => all.reload();
  return {
    title: 'Schedules',
    view: () => html`${heading('Schedules', lead(all.value))}
      ${card('All schedules', 'by name', when(all, answer => list(answer.schedules, reload), 8))}
      ${all.value?.schedules.length > 0 ? byHand(scheduleActions(all.value.schedules[0])) : nothing}`,
    keys(key, row) {
      const schedule = all.value?.schedules.find(one => one.name === row);
      return schedule ? press(key, short(schedule), reload) : false;
    },
    every: 15,
    refresh: reload,
    close: () => all.close(),
  };
}

function lead(answer) {
  if (!answer) return 'Reading…';
  const paused = answer.schedules.filter(one => one.state === 'PAUSED' || one.state === 'UNDECLARED').length;
  return `${counted(answer.schedules.length, 'schedule')}, ${paused === 0 ? 'none paused' : `${paused} paused`}. They fire in whichever engine comes first.`;
}

/** What the list offers: the rest is on the page of the schedule. */
function short(schedule) {
  return scheduleActions(schedule).slice(0, 2);
}

function list(schedules, reload) {
  if (schedules.length === 0) return empty('No schedule. Declare one with engine.schedule(…), or create one with operator.schedules().save(…).');
  const head = html`<th>Schedule</th><th>State</th><th class="wide">When</th><th>Next</th><th class="wide">Last</th><th class="num wide">Fires</th><th><span class="hidden">Actions</span></th>`;
  return table('Schedules', head, repeat(schedules, one => one.name, one => html`<tr data-key=${one.name}>
    <td class="name"><a class="row strong" href=${to('schedule', { name: one.name })}>${text(one.name)}</a><span class="sub">${text(one.kind)}</span></td>
    <td>${scheduleState(one)}</td>
    <td class="wide wrap">${words(one)}</td>
    <td>${one.state === 'ACTIVE' ? away(one.next) : html`<span class="none">–</span>`}</td>
    <td class="wide">${at(one.lastAt)}${one.waiting ? html`<span class="sub">one fire waits</span>` : nothing}</td>
    <td class="num wide">${count(one.fires)}</td>
    <td class="actions">${buttons(short(one), reload)}</td></tr>`));
}
