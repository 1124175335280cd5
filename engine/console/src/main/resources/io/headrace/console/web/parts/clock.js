// Times as people read them: in the zone of the viewer, with UTC on hover, relative to the database's clock.
import { html, nothing } from '../lit.js';
import { settings, redraw } from '../app.js';
import { duration } from './numbers.js';

let ahead = 0;
let zone = settings.get('zone') === 'UTC' ? 'UTC' : undefined;

/** The database's clock, as far as it is known. */
export function now() {
  return Date.now() + ahead;
}

/** Learns how far the clock of the server is ahead of that of the browser. */
export function syncClock(instant) {
  const difference = Date.parse(instant) - Date.now();
  // Less than the way of a message says nothing.
  ahead = Math.abs(difference) > 1_500 ? difference : 0;
}

/** The name of the zone in which times are shown, such as UTC+1. */
export function zoneName() {
  if (zone) return 'UTC';
  const minutes = -new Date(now()).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const sign = minutes < 0 ? '−' : '+';
  const rest = Math.abs(minutes) % 60;
  return `UTC${sign}${Math.floor(Math.abs(minutes) / 60)}${rest ? ':' + String(rest).padStart(2, '0') : ''}`;
}

export function toggleZone() {
  zone = zone ? undefined : 'UTC';
  settings.set('zone', zone ?? null);
  redraw();
}

const formats = new Map();

function format(options, date) {
  const key = JSON.stringify(options) + zone;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone }));
  return formats.get(key).format(date);
}

const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
const SHORT = { hour: '2-digit', minute: '2-digit' };
const DAY = { day: 'numeric', month: 'short' };
const DAY_OF_YEAR = { ...DAY, year: 'numeric' };

/** The text of an instant: the time today, else day and time; without seconds if they do not matter. */
export function timeText(instant, short = false) {
  const date = new Date(instant);
  const today = new Date(now());
  const time = format(short ? SHORT : TIME, date);
  if (format(DAY_OF_YEAR, date) === format(DAY_OF_YEAR, today)) return time;
  const sameYear = format({ year: 'numeric' }, date) === format({ year: 'numeric' }, today);
  return `${format(sameYear ? DAY : DAY_OF_YEAR, date)}, ${time}`;
}

/** The short name of the weekday of an instant. */
export function weekday(instant) {
  return format({ weekday: 'short' }, new Date(instant));
}

/** The hour and minute of an instant, for an axis. */
export function axisTime(seconds) {
  return format(SHORT, new Date(seconds * 1000));
}

function utc(instant) {
  return new Date(instant).toISOString().replace('T', ' ').replace('Z', ' UTC');
}

/** An instant as a time element. */
export function at(instant, short = false) {
  if (!instant) return html`<span class="none">–</span>`;
  return html`<time datetime=${instant} title=${utc(instant)}>${timeText(instant, short)}</time>`;
}

/** How long ago an instant was, or how far it is ahead. */
export function away(instant) {
  if (!instant) return nothing;
  const seconds = (Date.parse(instant) - now()) / 1000;
  const text = Math.abs(seconds) < 1 ? 'now' : seconds < 0 ? `${duration(-seconds)} ago` : `in ${duration(seconds)}`;
  return html`<time datetime=${instant} title=${`${timeText(instant)} · ${utc(instant)}`}>${text}</time>`;
}

/** How many seconds have passed since an instant. */
export function since(instant) {
  return Math.max(0, (now() - Date.parse(instant)) / 1000);
}
