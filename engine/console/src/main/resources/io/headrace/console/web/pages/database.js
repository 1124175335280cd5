// The database: what was read, what is wrong, and what to do about it.
import { html, repeat } from '../lit.js';
import { get } from '../api.js';
import { loaded } from '../loaded.js';
import { card, empty, facts, heading, when } from '../parts/blocks.js';
import { counted } from '../parts/numbers.js';
import { mark } from '../parts/state.js';
import { text } from '../parts/text.js';

const TONES = { ERROR: ['failed', 'error'], WARNING: ['retrying', 'warning'] };

export function database() {
  const diagnosis = loaded(signal => get('database', {}, signal));
  return {
    title: 'Database',
    view: () => html`${heading('Database', lead(diagnosis.value), html`<button @click=${() => diagnosis.reload()} ?disabled=${diagnosis.busy}>Read again</button>`)}
      <div class="cols even">
        <div class="stack">${card('What to do', undefined, when(diagnosis, problems, 4))}</div>
        <div class="stack">${card('Readings', undefined, when(diagnosis, readings, 8))}
          ${card('The same by hand', undefined, html`<div class="call"><pre tabindex="0">headrace doctor</pre></div>`)}</div>
      </div>`,
    close: () => diagnosis.close(),
  };
}

function lead(value) {
  if (!value) return 'Reading…';
  return value.problems.length === 0 ? 'Nothing is wrong with it, as far as Headrace can see.' : `${counted(value.problems.length, 'finding')}, each with what to do.`;
}

/** The name as a label; that of a setting stays as it is. */
function label(name) {
  return /^\S*_\S*$/.test(name) ? name : name[0].toUpperCase() + name.slice(1);
}

function problems(value) {
  if (value.problems.length === 0) return empty('No problem found. Settings, versions, rights, vacuum and clocks are as they should be.');
  return html`<ul class="problems">${repeat(value.problems, one => one.code, one => {
    const [tone, word] = TONES[one.severity] ?? ['retrying', String(one.severity).toLowerCase()];
    return html`<li>${mark(tone, word)}<div><p><b>${text(one.what)}.</b></p><p class="remedy">${text(one.remedy)}.</p></div></li>`;
  })}</ul>`;
}

function readings(value) {
  return facts(value.readings.map(one => [text(label(one.name)), text(one.value)]));
}
