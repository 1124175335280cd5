// What surrounds every page: where one is, the filter, the live view, and banners.
import { html, nothing } from './lit.js';
import { app, may } from './app.js';
import { session } from './api.js';
import { to } from './route.js';
import { connection, togglePause } from './live.js';
import { filterBox } from './parts/filter.js';
import { toggleZone, zoneName } from './parts/clock.js';
import { brief, count, percent } from './parts/numbers.js';
import { toasts } from './parts/toasts.js';
import { sheet, openSheet } from './parts/sheet.js';
import { expected } from './actions/expected.js';
import { progress } from './parts/progress.js';
import { dialog } from './parts/dialog.js';
import { text } from './parts/text.js';
import { toggleTheme } from './parts/theme.js';

const NAV = [
  [undefined, [['overview', 'Overview'], ['queues', 'Queues'], ['jobs', 'Jobs'], ['failures', 'Failures'], ['schedules', 'Schedules'], ['signals', 'Signals']]],
  ['System', [['engines', 'Engines'], ['database', 'Database'], ['audit', 'Audit']]],
  ['Record', [['operations', 'Bulk operations'], ['log', 'Operator log']]],
];

/** The page within which another one is. */
const PARENT = { job: 'jobs', schedule: 'schedules' };

export function shell() {
  return html`
    <a class="skip" href="#main">Skip to the page</a>
    <nav class="side" aria-label="Pages">
      <a class="brand" href="./">${wave()}Headrace</a>
      ${app.me.instance ? html`<p class="place">${text(app.me.instance)}</p>` : nothing}
      ${NAV.map(([title, links]) => html`
        ${title ? html`<h2>${title}</h2>` : nothing}
        <ul>${links.map(([page, label]) => link(page, label))}</ul>`)}
      ${running()}
      <p class="who">${app.me.name ? html`${text(app.me.name)}<br>` : nothing}${readOnly() ? 'View only' : nothing}</p>
    </nav>
    <div class="page">
      <header class="top">
        ${filterBox()}
        ${liveMark()}
        <button class="quiet" @click=${toggleZone} title="Show times in UTC or in your zone">${zoneName()}</button>
        <button class="quiet icon" @click=${toggleTheme} aria-label="Light or dark theme" title="Light or dark (t)">◐</button>
        <button class="quiet icon help" @click=${openSheet} aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)">?</button>
      </header>
      ${banner()}
      <main id="main" class=${session.trouble ? 'stale' : ''}>${session.trouble === 'ended' && !app.live ? nothing : app.page?.view()}</main>
    </div>
    ${toasts()}${dialog()}${sheet()}`;
}

function link(page, label) {
  const here = (PARENT[app.route.page] ?? app.route.page) === page;
  return html`<li><a href=${to(page)} aria-current=${here ? 'page' : nothing}>${label}${number(page)}</a></li>`;
}

function number(page) {
  const view = app.live;
  if (!view) return nothing;
  const sum = field => view.queues.reduce((total, queue) => total + queue[field], 0);
  if (page === 'queues') return html`<span class="n">${view.queues.length}</span>`;
  if (page === 'jobs') return html`<span class="n">${brief(sum('due') + sum('scheduled') + sum('leased'))}</span>`;
  if (page === 'failures') {
    const failed = sum('failed');
    return html`<span class=${failed > 0 ? 'n bad' : 'n'}>${brief(failed)}</span>`;
  }
  if (page === 'engines') return html`<span class="n">${view.workers.length}</span>`;
  return nothing;
}

/** Bulk operations that run, wherever one is. */
function running() {
  const all = [...app.operations.values()].filter(operation => operation.state === 'RUNNING' || operation.state === 'STOPPING');
  return all.map(operation => {
    const whole = expected(operation);
    return html`<a class="running-operation" href=${to('operations', { id: operation.id })}>
      <span>Bulk operation</span><span>${whole ? percent(operation.matched, whole) : nothing}</span>
      ${progress(operation)}
      <span class="sub">${count(operation.matched)}${whole ? ` of ${count(whole)}` : ' so far'}</span>
    </a>`;
  });
}

function liveMark() {
  const words = { on: 'live', connecting: 'connecting', off: 'paused' };
  const label = connection.isPaused ? 'Resume live view' : 'Pause live view';
  return html`<button class=${'quiet live ' + connection.state} @click=${togglePause} aria-label=${label} title=${`${label} (.)`}>
    <i></i>${words[connection.state]}</button>`;
}

function banner() {
  if (session.trouble === 'ended') {
    return html`<div class="banner" role="alert"><div><b>The server refuses to show this.</b>
      ${session.detail ? text(session.detail) : 'Your session has ended.'} What is below may be out of date.</div>
      <a class="button primary" href=${location.href} @click=${reload}>Sign in again</a></div>`;
  }
  if (session.trouble === 'unreachable') {
    return html`<div class="banner" role="alert"><div><b>The server does not answer.</b> What is below may be out of date.
      The console tries again by itself.</div><button @click=${reload}>Reload</button></div>`;
  }
  if (connection.isLate) {
    return html`<div class="banner" role="status"><div><b>Live events do not arrive.</b> A proxy may hold them back. Numbers of queues and
      engines are not up to date.</div><button @click=${reload}>Reload</button></div>`;
  }
  return nothing;
}

function reload(event) {
  event.preventDefault();
  location.reload();
}

function readOnly() {
  return !['RETRY', 'DISCARD', 'CANCEL', 'PAUSE', 'SCHEDULE', 'ENQUEUE', 'SIGNAL'].some(may);
}

function wave() {
  return html`<svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true"><path d="M2 7c3-3 6-3 9 0s6 3 9 0M2 15c3-3 6-3 9 0s6 3 9 0"/></svg>`;
}
