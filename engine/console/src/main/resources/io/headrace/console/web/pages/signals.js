// Signals: which jobs wait for which, since when and until when.
import { html, nothing, repeat } from '../lit.js';
import { redraw } from '../app.js';
import { get } from '../api.js';
import { loaded } from '../loaded.js';
import { to } from '../route.js';
import { buttons, byHand, press } from '../actions/act.js';
import { signalAction } from '../actions/signals.js';
import { card, empty, heading, table, when } from '../parts/blocks.js';
import { at, away } from '../parts/clock.js';
import { sayProblem } from '../parts/toasts.js';
import { text } from '../parts/text.js';

const PAGE = 50;

/** @param key only jobs that wait for this key */
export function signals({ key }) {
  let later = [];
  let next;
  let isBusy = false;
  const first = loaded(async signal => {
    const answer = await get('signals', { key, limit: PAGE }, signal);
    later = [];
    next = answer.next;
    return answer;
  });
  const reload = () => first.reload();
  const all = () => [...(first.value?.waits ?? []), ...later];
  async function more() {
    if (isBusy) return;
    isBusy = true;
    try {
      const answer = await get('signals', { key, limit: PAGE, cursor: next });
      later = [...later, ...answer.waits];
      next = answer.next;
      redraw();
    } catch (problem) {
      sayProblem(problem);
    }
    isBusy = false;
  }
  return {
    title: 'Signals',
    view: () => html`${heading('Signals', 'Jobs that wait for a signal. They take no slot, and run when it is sent or at their timeout.')}
      ${card('Who waits for what', key ? html`<span>for <b>${text(key)}</b> · <a href=${to('signals')}>all</a></span>` : 'by key', when(first, () => list(all(), next && more, reload), 8))}
      ${all().length > 0 ? byHand([signalAction(all()[0].key)]) : nothing}`,
    keys(pressed, row) {
      if (pressed === 'm' && next) return more(), true;
      const wait = all().find(one => one.job === row);
      return wait ? press(pressed, [signalAction(wait.key)], reload) : false;
    },
    every: 15,
    refresh: () => later.length === 0 && reload(),
    close: () => first.close(),
  };
}

function list(waits, more, reload) {
  const head = html`<th>Key</th><th>Job</th><th class="wide">Queue</th><th class="wide">Since</th><th>Until</th><th><span class="hidden">Actions</span></th>`;
  return html`${waits.length === 0 ? empty('No job waits for a signal. A handler waits with JobOutcome.await(key, timeout).') : table('Who waits for what', head,
    repeat(waits, one => one.job, one => html`<tr data-key=${one.job}>
      <td class="name wrap"><a class="strong" href=${to('signals', { key: one.key })}>${text(one.key)}</a></td>
      <td><a class="row" href=${to('job', { id: one.job })}>${one.job}</a><span class="sub">${text(one.kind)}</span></td>
      <td class="wide">${text(one.queue)}</td><td class="wide">${at(one.since)}</td><td>${away(one.until)}</td>
      <td class="actions">${buttons([signalAction(one.key)], reload)}</td></tr>`))}
    ${more ? html`<div class="more"><button @click=${more} title="More (m)">More</button></div>` : nothing}`;
}
