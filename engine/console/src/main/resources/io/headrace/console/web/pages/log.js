// The operator log: who did what, on how many, and what came of it. It is only ever added to.
import { html, nothing } from '../lit.js';
import { redraw } from '../app.js';
import { get } from '../api.js';
import { loaded } from '../loaded.js';
import { card, empty, heading, table, when } from '../parts/blocks.js';
import { at } from '../parts/clock.js';
import { count } from '../parts/numbers.js';
import { sayProblem } from '../parts/toasts.js';
import { text } from '../parts/text.js';

const PAGE = 50;

export function log() {
  let older = [];
  let isEnd = false;
  let isBusy = false;
  const first = loaded(async signal => {
    const answer = await get('log', { limit: PAGE }, signal);
    older = [];
    isEnd = answer.decisions.length < PAGE;
    return answer;
  });
  const all = () => [...(first.value?.decisions ?? []), ...older];
  async function more() {
    if (isBusy) return;
    isBusy = true;
    try {
      const answer = await get('log', { limit: PAGE, before: all().at(-1).id });
      older = [...older, ...answer.decisions];
      isEnd = answer.decisions.length < PAGE;
      redraw();
    } catch (problem) {
      sayProblem(problem);
    }
    isBusy = false;
  }
  return {
    title: 'Operator log',
    view: () => html`${heading('Operator log', 'What operators decided, here or elsewhere. Entries are only added, never changed.')}
      ${card('Decisions', 'latest first', when(first, () => list(all(), isEnd, more), 10))}`,
    keys: key => key === 'm' && !isEnd && (more(), true),
    every: 15,
    refresh: () => older.length === 0 && first.reload(),
    close: () => first.close(),
  };
}

function list(decisions, isEnd, more) {
  if (decisions.length === 0) return empty('No decision yet.');
  return html`${table('Decisions', html`<th>When</th><th>Who</th><th>What</th><th class="wide">On</th><th class="num wide">Jobs</th><th class="wide">Answer</th>`, decisions.map(one => html`<tr data-key=${one.id}>
    <td>${at(one.at)}</td><td class="name">${text(one.actor)}</td><td><b>${text(one.action)}</b></td>
    <td class="wide wrap">${text(one.subject)}</td><td class="num wide">${count(one.count)}</td>
    <td class="wide wrap">${text(one.answer)}</td></tr>`))}
    ${isEnd ? nothing : html`<div class="more"><button @click=${more} title="More (m)">More</button></div>`}`;
}
