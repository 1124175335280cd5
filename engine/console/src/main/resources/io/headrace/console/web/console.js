// Starts the console: asks who is there, until there is an answer, opens the page of the address, and draws.
import { render } from './lit.js';
import { app, drawWith, redraw } from './app.js';
import { get, session } from './api.js';
import { current, onChange } from './route.js';
import { connect, connection } from './live.js';
import { listen } from './keys.js';
import { shell } from './shell.js';
import { pages } from './pages.js';
import { isDialogOpen } from './parts/dialog.js';
import { escaped } from './parts/text.js';

const root = document.getElementById('console');
const BEAT = 2_500;
let readAt = 0;
let isKnown = false;
let isAsking = false;

/** Opens the page of the address. */
function open() {
  const before = app.route;
  app.route = current();
  app.page?.close?.();
  app.page = undefined;
  const create = Object.hasOwn(pages, app.route.page) ? pages[app.route.page] : pages.missing;
  app.page = create(app.route.params);
  readAt = Date.now();
  document.title = `${escaped(app.page.title)} · Headrace`;
  redraw();
  if (before && before.page !== app.route.page) {
    scrollTo(0, 0);
    requestAnimationFrame(() => document.querySelector('.side [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }));
    // What reads the screen aloud starts with the new page.
    requestAnimationFrame(() => document.querySelector('h1')?.focus({ preventScroll: true }));
  }
}

/** Asks who is there. */
async function meet() {
  if (isAsking) return;
  isAsking = true;
  try {
    app.me = await get('me');
    isKnown = true;
  } catch (problem) {
    session.trouble ??= 'unreachable';
    session.detail = problem.message;
  }
  isAsking = false;
}

/** Opens the page, and follows the live events if the person may see them. */
function begin() {
  open();
  if (app.me.rights.length > 0) connect();
}

async function start() {
  await meet();
  root.replaceChildren();
  drawWith(() => render(shell(), root));
  onChange(open);
  listen();
  begin();
  setInterval(tick, BEAT);
}

/** Counts ages up, and reads a page again that asks for it: in the tab that somebody looks at, and nowhere else. */
function tick() {
  if (document.visibilityState !== 'visible') return;
  redraw();
  // Who has no access is asked once: a browser may show a dialog each time.
  if (session.trouble === 'ended') return;
  if (!isKnown) {
    meet().then(() => isKnown && begin());
    return;
  }
  const { page } = app;
  if (!page?.refresh || !document.hasFocus() || connection.isPaused || isDialogOpen()) return;
  if (Date.now() - readAt < (page.every ?? 15) * 1_000) return;
  readAt = Date.now();
  page.refresh();
}

start();
