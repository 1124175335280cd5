// The audit: is every job in exactly one place?
import { html, nothing } from '../lit.js';
import { redraw } from '../app.js';
import { get, post } from '../api.js';
import { loaded } from '../loaded.js';
import { to } from '../route.js';
import { calls } from '../parts/calls.js';
import { card, empty, heading, when } from '../parts/blocks.js';
import { at } from '../parts/clock.js';
import { count, duration } from '../parts/numbers.js';
import { sayProblem } from '../parts/toasts.js';
import { text } from '../parts/text.js';

const PLACES = [['pending', 'due', 'Waiting'], ['leased', 'running', 'Leased'], ['completed', 'completed', 'Completed'], ['tombstones', 'failed', 'Tombstones'], ['pruned', 'cancelled', 'Pruned']];

export function audit() {
  const last = loaded(signal => get('audit', {}, signal));
  let isRunning = false;
  async function run() {
    isRunning = true;
    redraw();
    try {
      last.value = await post('audit');
      last.problem = undefined;
    } catch (problem) {
      // It goes on without this request.
      if (problem.code === 'TIMEOUT') await last.reload();
      else sayProblem(problem);
    }
    isRunning = false;
    redraw();
  }
  return {
    title: 'Audit',
    view: () => html`${heading('Audit', lead(last.value), html`<button class="primary" @click=${run} ?disabled=${isRunning || last.value?.running}>${isRunning || last.value?.running ? 'Checking…' : 'Check now'}</button>`)}
      ${card('Where the jobs are', last.value?.at ? html`checked ${at(last.value.at)}` : undefined, when(last, places, 5))}
      ${last.value?.findings?.length > 0 ? card('Findings', undefined, findings(last.value.findings)) : nothing}
      ${card('The same by hand', 'command line and Java', html`<div class="by-hand">${calls({ cli: 'headrace audit', java: 'operator.audit()' })}</div>`)}`,
    every: 5,
    refresh: () => last.value?.running && !isRunning && last.reload(),
    close: () => last.close(),
  };
}

function lead(checked) {
  if (!checked?.at) return 'One query reads every set and checks that every job is in exactly one place. With many jobs, it takes a while.';
  if (checked.findings.length > 0) return html`<span class="bad">Not every job is in exactly one place.</span> Checked ${at(checked.at)}, took ${duration(checked.tookSeconds)}.`;
  return html`Every job is in exactly one place. Checked ${at(checked.at)}, took ${duration(checked.tookSeconds)}.`;
}

function places(checked) {
  if (!checked?.at) return empty('No audit has run in this process yet.');
  return html`<div class="places">${PLACES.map(([name, tone, label]) => html`<div><span class=${'state ' + tone}>${label}</span><span class="v">${count(checked[name])}</span></div>`)}
    <div class="sum"><span>Jobs in all</span><span class="v">${count(checked.jobs)}</span></div></div>`;
}

function findings(all) {
  return html`<ul class="problems">${all.map(one => html`<li><span class="state failed">${count(one.jobs)}</span><div><p><b>${text(one.description)}</b></p>
    ${one.example ? html`<p>such as <a href=${to('job', { id: one.example })}><code>${one.example}</code></a></p>` : nothing}
    ${one.schedule ? html`<p>such as the schedule <a href=${to('schedule', { name: one.schedule })}>${text(one.schedule)}</a></p>` : nothing}</div></li>`)}</ul>`;
}
