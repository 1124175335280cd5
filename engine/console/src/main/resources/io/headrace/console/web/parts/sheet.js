// The help sheet: what the keys do.
import { html, nothing } from '../lit.js';
import { redraw, settings } from '../app.js';
import { modal } from './modal.js';

const KEYS = [
  ['Everywhere', [
    ['/', 'Filter jobs'], ['?', 'This sheet'], ['.', 'Pause or resume the live view'], ['t', 'Light or dark'], ['Esc', 'Close']]],
  ['Go to', [
    ['g o', 'Overview'], ['g q', 'Queues'], ['g j', 'Jobs'], ['g f', 'Failures'], ['g s', 'Schedules'], ['g w', 'Signals: who waits'], ['g e', 'Engines'],
    ['g d', 'Database'], ['g a', 'Audit'], ['g b', 'Bulk operations'], ['g l', 'Operator log']]],
  ['Lists', [
    ['j k', 'Next or previous row'], ['Enter', 'Open it'], ['x', 'Select a job'], ['m', 'More rows']]],
  ['Jobs and causes', [
    ['r', 'Retry'], ['b', 'Probe: retry the newest job of a cause'], ['n', 'Run now'], ['c', 'Cancel'], ['d', 'Discard']]],
  ['Queues and schedules', [['p', 'Pause or resume'], ['n', 'Run a schedule now']]],
];

let isOpen = false;

/** Whether single letters do something. */
export function shortcutsOn() {
  return settings.get('shortcuts') !== 'off';
}

export function openSheet() {
  isOpen = true;
  redraw();
}

function close() {
  isOpen = false;
  redraw();
}

function toggle(event) {
  settings.set('shortcuts', event.target.checked ? null : 'off');
  redraw();
}

export function sheet() {
  if (!isOpen) return nothing;
  return modal(close, 'Keyboard shortcuts', html`
    <div class="keys">${KEYS.map(([title, keys]) => html`<section><h3>${title}</h3><dl>${keys.map(([key, does]) => html`
      <dt>${key.split(' ').map(part => html`<kbd>${part}</kbd> `)}</dt><dd>${does}</dd>`)}</dl></section>`)}</div>
    <label class="check"><input type="checkbox" .checked=${shortcutsOn()} @change=${toggle}> Shortcuts of a single letter</label>
    <div class="buttons"><button class="first" @click=${close}>Close</button></div>`);
}
