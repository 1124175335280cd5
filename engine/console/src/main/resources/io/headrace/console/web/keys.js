// Keyboard shortcuts: one letter, or g and a letter. They can be switched off, since some people dictate.
import { app } from './app.js';
import { go, to } from './route.js';
import { togglePause } from './live.js';
import { toggleTheme } from './parts/theme.js';
import { openSheet, shortcutsOn } from './parts/sheet.js';
import { isDialogOpen } from './parts/dialog.js';

const GO = {
  o: 'overview', q: 'queues', j: 'jobs', f: 'failures', s: 'schedules', e: 'engines', d: 'database', a: 'audit', b: 'operations',
  l: 'log', w: 'signals',
};

let goes = false;

export function listen() {
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isDialogOpen()) return;
    if (isTyping(event.target)) return;
    if (!shortcutsOn() && event.key !== '?') return;
    if (press(event.key)) event.preventDefault();
  });
}

function isTyping(element) {
  return element.matches?.('input:not([type=checkbox]), textarea, select');
}

function press(key) {
  if (goes) {
    goes = false;
    if (GO[key]) {
      go(to(GO[key]));
      return true;
    }
  }
  switch (key) {
    case 'g': goes = true; return true;
    case '/': document.getElementById('filter')?.focus(); return true;
    case '?': openSheet(); return true;
    case '.': togglePause(); return true;
    case 't': toggleTheme(); return true;
    case 'j': case 'ArrowDown': return move(1);
    case 'k': case 'ArrowUp': return move(-1);
    default: return app.page?.keys?.(key, focusedRow()?.dataset.key) ?? false;
  }
}

function rows() {
  return [...document.querySelectorAll('main [data-key]')];
}

/** The row that has the focus. */
function focusedRow() {
  return document.activeElement?.closest?.('main [data-key]') ?? undefined;
}

/** Moves the focus to the link of the next row, so that Enter opens it without further ado. */
function move(by) {
  const all = rows();
  if (all.length === 0) return false;
  const at = all.indexOf(focusedRow());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  const target = all[next].querySelector('a.row, button.row') ?? all[next].querySelector('a, button');
  target?.focus();
  all[next].scrollIntoView({ block: 'nearest' });
  return true;
}
