// Jobs: a list by filter, read page by page; what can be done with one, with a selection, or with all that match.
import { html, nothing, repeat } from '../lit.js';
import { redraw } from '../app.js';
import { get } from '../api.js';
import { loaded } from '../loaded.js';
import { to } from '../route.js';
import { buttons, byHand, permitted, press } from '../actions/act.js';
import { bulkAction } from '../actions/bulk.js';
import { jobActions } from '../actions/jobs.js';
import { card, empty, heading, table, when } from '../parts/blocks.js';
import { at } from '../parts/clock.js';
import { count, counted } from '../parts/numbers.js';
import { filterOf } from '../parts/filter.js';
import { STATES, stateWord } from '../parts/state.js';
import { joined, text } from '../parts/text.js';
import { jobHead, jobRow } from './parts/jobs.js';

const PAGE = 50;

export function jobs(params) {
  const filter = filterOf(params);
  const selected = new Set();
  let more = { jobs: [], next: undefined, searchedTo: undefined, isBusy: false };
  const first = loaded(async signal => {
    const answer = await get('jobs', { ...filter, limit: PAGE }, signal);
    more = { jobs: [], next: answer.next, searchedTo: answer.searchedTo, isBusy: false };
    // What is no longer in the list can no longer be seen to be selected.
    const shown = new Set(answer.jobs.map(job => job.id));
    for (const id of selected) if (!shown.has(id)) selected.delete(id);
    return answer;
  });
  const all = () => [...(first.value?.jobs ?? []), ...more.jobs];

  async function readMore() {
    if (!more.next || more.isBusy) return;
    more.isBusy = true;
    redraw();
    try {
      const answer = await get('jobs', { ...filter, limit: PAGE, cursor: more.next });
      const known = new Set(all().map(job => job.id));
      more = { ...answer, jobs: [...more.jobs, ...answer.jobs.filter(job => !known.has(job.id))], isBusy: false };
    } catch (problem) {
      more.isBusy = false;
      first.problem = problem;
    }
    redraw();
  }

  const done = () => {
    selected.clear();
    first.reload();
  };
  const toggle = id => {
    if (!selected.delete(id)) selected.add(id);
    redraw();
  };
  const ofSelection = () => bulkOf(all().filter(job => selected.has(job.id)));

  return {
    title: title(filter),
    view: () => html`${heading(title(filter), lead(filter), buttons(bulkOfFilter(filter), done))}
      ${tabs(filter)}
      ${card(sub(first, all(), more), html`<button class="quiet small" @click=${() => first.reload()}>Reload</button>`,
          when(first, () => list(all(), filter, selected, toggle, more, readMore), 12), 'list')}
      ${selected.size > 0 ? selection(selected, ofSelection(), done) : nothing}
      ${byHand(bulkOfFilter(filter))}`,
    keys(key, row) {
      if (key === 'm') { readMore(); return true; }
      if (key === 'x' && row) { toggle(row); return true; }
      if (key === 'Escape' && selected.size > 0) { selected.clear(); redraw(); return true; }
      if (selected.size > 0) return press(key, ofSelection(), done);
      const job = all().find(one => one.id === row);
      return job ? press(key, jobActions(job), () => first.reload()) : false;
    },
    every: 5,
    refresh: () => selected.size === 0 && more.jobs.length === 0 && first.reload(),
    close: () => first.close(),
  };
}

function title(filter) {
  if (!filter.state) return 'Jobs';
  const word = stateWord(filter.state);
  return `${word[0].toUpperCase()}${word.slice(1)} jobs`;
}

function lead(filter) {
  const words = Object.entries(filter).filter(([name]) => name !== 'state');
  if (words.length === 0) return 'Newest first. Press / to filter, j and k to move, Enter to open.';
  return html`${joined(words.map(([name, value]) => html`${name} <b>${text(value)}</b>`), ' · ')}`;
}

/** The states as tabs, each an address. */
function tabs(filter) {
  const { state, ...rest } = filter;
  return html`<div class="tabs" role="navigation" aria-label="States">
    ${[undefined, ...STATES].map(one => html`<a href=${to('jobs', { state: one, ...rest })} aria-current=${one === state ? 'true' : nothing}>${one ? stateWord(one) : 'all'}</a>`)}</div>`;
}

function sub(first, jobs, more) {
  if (!first.value) return 'Jobs';
  return more.next ? `${count(jobs.length)} shown, there are more` : counted(jobs.length, 'job');
}

function list(jobs, filter, selected, toggle, more, readMore) {
  if (jobs.length === 0 && !more.next) return nothingFound(filter);
  return html`${jobs.length === 0 ? empty('None so far.') : table('Jobs', jobHead(filter.state), repeat(jobs, job => job.id, job =>
      jobRow(job, selected.has(job.id), () => toggle(job.id))))}
    ${more.next ? html`<div class="more">${more.searchedTo ? html`<span class="sub">Searched back to ${at(more.searchedTo)}.</span>` : nothing}
      <button @click=${readMore} ?disabled=${more.isBusy} title="More (m)">${more.searchedTo && jobs.length === 0 ? 'Search further' : 'More'}</button></div>` : nothing}`;
}

function nothingFound(filter) {
  const names = Object.keys(filter);
  if (names.length === 0) return empty('No job yet. Enqueue one, and it appears here.');
  if (filter.state === 'FAILED') return empty('No failed job matches. Nothing to do.', html`<a href=${to('jobs')}>Show all jobs</a>`);
  return empty('No job matches these filters.', html`<a href=${to('jobs')}>Remove all filters</a>`);
}

/** The bulk actions for a selection: those that every selected job allows. */
function bulkOf(jobs) {
  const ids = jobs.map(job => job.id);
  if (jobs.every(job => job.state === 'FAILED')) return [bulkAction('retry', { ids }, 'r'), bulkAction('discard', { ids }, 'd')];
  return [];
}

/** The bulk actions for all that match: the API takes one of kind, queue and fingerprint for failed jobs. */
function bulkOfFilter(filter) {
  const { state, kind, queue, fingerprint, key } = filter;
  const given = Object.entries({ kind, queue, fingerprint }).filter(([, value]) => value);
  if (key) return [];
  if (state === 'FAILED' && given.length === 1) {
    const which = Object.fromEntries(given);
    return [bulkAction('retry', which), bulkAction('discard', which)];
  }
  if (state === 'PENDING' && (kind || queue) && !fingerprint) return [bulkAction('cancel', { kind, queue })];
  return [];
}

function selection(selected, actions, done) {
  const offered = permitted(actions);
  return html`<div class="selection" role="region" aria-label="Selection"><b>${counted(selected.size, 'job')} selected</b>
    <span class="sub">${offered.length > 0 ? '' : 'Select failed jobs only to retry or discard them together.'}</span>
    <span class="buttons">${buttons(actions, done)}<button @click=${() => { selected.clear(); redraw(); }}>Clear</button></span></div>`;
}
