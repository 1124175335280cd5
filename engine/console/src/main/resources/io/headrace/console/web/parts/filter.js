// The filter of jobs, on every page: chips for what is set, and a field that understands state:failed, queue:mail, kind:…,
// key:… and the id of a job. What is set is in the address.
import { html, nothing } from '../lit.js';
import { app, redraw } from '../app.js';
import { go, to } from '../route.js';
import { STATES, stateWord } from './state.js';
import { text } from './text.js';

/** The parameters of a filter, in the order of their chips. */
const FIELDS = ['state', 'queue', 'kind', 'key', 'fingerprint'];
const ID = /^[0-9A-HJKMNP-TV-Z]{13}$/i;

let typed = '';
let isOpen = false;
let active = -1;

/** The filter among the parameters of an address. */
export function filterOf(params) {
  return Object.fromEntries(FIELDS.filter(field => params[field]).map(field => [field, params[field]]));
}

/** The filter of the address; empty on other pages than the list of jobs. */
function filter() {
  return app.route.page === 'jobs' ? filterOf(app.route.params) : {};
}

function set(field, value) {
  typed = '';
  active = -1;
  go(to('jobs', { ...filter(), [field]: value }));
}

/** What the typed text may mean: [field, value, label]. */
function suggestions() {
  const word = typed.trim();
  const [, field, rest] = /^(state|queue|kind|key):\s*(.*)$/i.exec(word) ?? [];
  const wanted = (rest ?? word).toLowerCase();
  const out = [];
  const offer = (name, values, label = value => value) => {
    if (field && field.toLowerCase() !== name) return;
    for (const value of values) if (label(value).toLowerCase().includes(wanted)) out.push([name, value, label(value)]);
  };
  if (!field && ID.test(word)) out.push(['id', word.toUpperCase(), word.toUpperCase()]);
  offer('state', STATES, stateWord);
  offer('queue', (app.live?.queues ?? []).map(queue => queue.queue));
  offer('kind', kinds());
  if (word !== '' && (rest ?? word) !== '') {
    for (const name of ['kind', 'queue', 'key']) {
      if ((!field || field.toLowerCase() === name) && !out.some(([other, value]) => other === name && value === (rest ?? word))) {
        out.push([name, rest ?? word, rest ?? word]);
      }
    }
  }
  return out.slice(0, 12);
}

function kinds() {
  return [...new Set((app.live?.workers ?? []).flatMap(worker => worker.kinds ?? []))].sort();
}

function choose([field, value]) {
  isOpen = false;
  if (field === 'id') {
    typed = '';
    go(to('job', { id: value }));
  } else {
    set(field, value);
  }
  document.getElementById('filter')?.blur();
}

function press(event) {
  const offered = isOpen ? suggestions() : [];
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    isOpen = true;
    const by = event.key === 'ArrowDown' ? 1 : -1;
    active = offered.length === 0 ? 0 : (active + by + offered.length) % offered.length;
  } else if (event.key === 'Enter') {
    const chosen = offered[Math.max(active, 0)];
    if (chosen && (typed.trim() !== '' || active >= 0)) choose(chosen);
  } else if (event.key === 'Escape') {
    isOpen = false;
    active = -1;
    event.target.blur();
  } else if (event.key === 'Backspace' && typed === '') {
    const last = Object.keys(filter()).at(-1);
    if (last) set(last, undefined);
    return;
  } else {
    return;
  }
  event.preventDefault();
  redraw();
}

function input(event) {
  typed = event.target.value;
  isOpen = true;
  active = -1;
  redraw();
}

function shown(name, value) {
  return name === 'state' ? stateWord(value) : text(value);
}

export function filterBox() {
  const chips = Object.entries(filter());
  const offered = isOpen ? suggestions() : [];
  return html`<div class="search" role="search">
    ${chips.map(([name, value]) => html`<span class="chip"><b>${name}</b> ${shown(name, value)}<button aria-label=${`Remove the filter by ${name}`}
      @click=${() => set(name, undefined)}>×</button></span>`)}
    <input id="filter" type="text" role="combobox" autocomplete="off" spellcheck="false" aria-label="Filter jobs"
      aria-expanded=${offered.length > 0} aria-controls="suggestions" aria-autocomplete="list"
      aria-activedescendant=${active >= 0 && offered[active] ? 'suggestion-' + active : nothing}
      placeholder=${chips.length > 0 ? 'Add a filter…' : 'Filter jobs by state, queue, kind, key or id…'} .value=${typed}
      @input=${input} @keydown=${press} @focus=${() => { isOpen = true; redraw(); }} @blur=${() => { isOpen = false; active = -1; redraw(); }}>
    <kbd aria-hidden="true">/</kbd>
    <ul id="suggestions" role="listbox" aria-label="Filters" ?hidden=${offered.length === 0}>${offered.map((one, i) => html`
      <li id=${'suggestion-' + i} role="option" aria-selected=${i === active} @mousedown=${event => { event.preventDefault(); choose(one); }}>
        <b>${one[0]}</b> ${text(one[2])}</li>`)}</ul>
  </div>`;
}
