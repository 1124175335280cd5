// What can be done with a schedule.
import { html } from '../lit.js';
import { post, segment } from '../api.js';
import { text } from '../parts/text.js';
import { count, counted } from '../parts/numbers.js';
import { java, shell } from './quote.js';

/** @param schedule a schedule of the API */
export function scheduleActions(schedule) {
  const { name } = schedule;
  const path = `schedules/${segment(name)}`;
  const isPaused = schedule.state === 'PAUSED' || schedule.state === 'UNDECLARED';
  return [
    {
      label: 'Run now', key: 'n', right: 'SCHEDULE',
      ask: { title: 'Run this schedule now?', body: html`<p><b>${text(name)}</b> fires once, now. Its timetable goes on as before.</p>`, confirm: 'Run it' },
      cli: `headrace schedule run ${shell(name)}`,
      java: `operator.schedules().runNow(${java(name)})`,
      run: async () => {
        const fire = await post(`${path}/run`);
        return fire.outcome === 'ENQUEUED' ? `${name} fired, and its job waits to run.` : `${name}: ${String(fire.outcome).toLowerCase()}.`;
      },
    },
    isPaused ? {
      label: 'Resume', key: 'p', right: 'SCHEDULE',
      cli: `headrace schedule resume ${shell(name)}`,
      java: `operator.schedules().resume(${java(name)})`,
      run: async () => { await post(`${path}/resume`); return `${name} fires again, beginning with its next time.`; },
    } : schedule.state === 'ACTIVE' && {
      label: 'Pause', key: 'p', right: 'SCHEDULE',
      cli: `headrace schedule pause ${shell(name)}`,
      java: `operator.schedules().pause(${java(name)})`,
      run: async () => { await post(`${path}/pause`); return `${name} is paused. Times that pass until it is resumed do not fire.`; },
    },
    backfill(name, path),
    !schedule.declared && {
      label: 'Remove', right: 'SCHEDULE', isDanger: true,
      ask: { title: 'Remove this schedule?', body: html`<p><b>${text(name)}</b> fires no more. Its jobs stay, and its fires stay on record until they are pruned.</p>`, confirm: 'Remove it' },
      cli: `headrace schedule remove ${shell(name)}`,
      java: `operator.schedules().remove(${java(name)})`,
      run: async () => { await post(`${path}/remove`); return `${name} is removed.`; },
    },
  ].filter(Boolean);
}

/** Fires the instants of a range that have no fire on record. */
function backfill(name, path) {
  const range = { from: hoursAgo(24), to: hoursAgo(0) };
  const field = (label, side) => html`<label class="field">${label}<input type="datetime-local" step="1" required
      .value=${local(range[side])} @change=${event => { if (event.target.value) range[side] = instant(new Date(event.target.value)); }}></label>`;
  return {
    label: 'Backfill', right: 'SCHEDULE',
    ask: {
      title: 'Backfill this schedule',
      body: () => html`<p>Fires the times of <b>${text(name)}</b> in a range that have no fire on record. Those that have fired do not
        fire again.</p><div class="fields">${field('From', 'from')}${field('Until (exclusive)', 'to')}</div>
        <p class="sub">In the time zone of this browser.</p>`,
      confirm: 'Backfill',
    },
    get cli() { return `headrace schedule backfill ${shell(name)} --from ${range.from} --to ${range.to}`; },
    get java() { return `operator.schedules().backfill(${java(name)}, Instant.parse(${java(range.from)}), Instant.parse(${java(range.to)}))`; },
    run: async () => {
      const report = await post(`${path}/backfill`, range);
      return `${counted(report.instants, 'time')} in the range: ${count(report.fired)} fired, ${count(report.failed)} failed, ${count(report.already)} had fired before.`;
    },
  };
}

function hoursAgo(hours) {
  const date = new Date(Date.now() - hours * 3_600_000);
  date.setMilliseconds(0);
  return instant(date);
}

/** An instant to the second. */
function instant(date) {
  return date.toISOString().replace('.000Z', 'Z');
}

/** An instant as a field of a form shows it: in the zone of the browser. */
function local(instant) {
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
