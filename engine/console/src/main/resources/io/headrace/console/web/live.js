// Live events: one connection a browser, shared by its tabs, and none while all of them are hidden.
//
// Visible tabs ask for a lock; the one that has it holds the connection and passes events on to the others. A tab that is
// hidden gives the lock up. So nobody has to keep a list of tabs, and a closed tab cannot leave a connection behind.
import { app, redraw } from './app.js';
import { address, get } from './api.js';
import { syncClock } from './parts/clock.js';
import { remember } from './parts/history.js';

const name = 'headrace.live ' + new URL('.', document.baseURI).pathname;
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : undefined;
const last = new Map();

/** state: 'off', 'connecting' or 'on'. isPaused: by the person, in this tab. isLate: nothing has arrived for long. */
export const connection = { state: 'off', isPaused: false, isLate: false };

const PATIENCE = 8_000;
/** The live view comes every two seconds. Where it stays away, a connection may be dead without anybody having noticed. */
const SILENCE = 15_000;

let release;
let asking;
let lateness;
let silence;

/** Starts to follow visibility. */
export function connect() {
  tabs?.addEventListener('message', ({ data }) => {
    if (data.hello) last.forEach((text, topic) => release && tabs.postMessage({ topic, text }));
    else if (wanted()) receive(data.topic, data.text);
  });
  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', stop);
  addEventListener('pageshow', follow);
  follow();
}

/** Pauses or resumes the live view of this tab. */
export function togglePause() {
  connection.isPaused = !connection.isPaused;
  follow();
  redraw();
}

function wanted() {
  return document.visibilityState === 'visible' && !connection.isPaused;
}

function follow() {
  if (!wanted()) return stop();
  if (asking) return;
  setState('connecting');
  asking = new AbortController();
  // Locks exist on https and on localhost only; elsewhere each visible tab has a connection of its own.
  if (navigator.locks) {
    navigator.locks.request(name, { signal: asking.signal }, hold).catch(ignoreAbort);
  } else {
    hold();
  }
  tabs?.postMessage({ hello: true });
}

/** Holds the connection until it is released. */
function hold() {
  return new Promise(resolve => {
    const events = new EventSource(address('events', { topics: 'live,operations' }));
    for (const topic of ['live', 'operations']) {
      events.addEventListener(topic, event => {
        last.set(topic, event.data);
        tabs?.postMessage({ topic, text: event.data });
        if (wanted()) receive(topic, event.data);
      });
    }
    events.addEventListener('error', () => {
      setState('connecting');
      // A refused connection is not tried again by the browser. Asking who we are tells what happened.
      if (events.readyState === EventSource.CLOSED) retryLater();
      else get('me').catch(() => {});
    });
    release = () => {
      events.close();
      release = undefined;
      resolve();
    };
  });
}

function retryLater() {
  get('me').catch(() => {});
  setTimeout(() => {
    if (!release) return;
    stop();
    follow();
  }, 10_000);
}

function stop() {
  release?.();
  asking?.abort();
  asking = undefined;
  clearTimeout(silence);
  setState('off');
}

function receive(topic, text) {
  const value = JSON.parse(text);
  setState('on');
  clearTimeout(silence);
  silence = setTimeout(() => setState('connecting'), SILENCE);
  if (topic === 'live') {
    app.live = value;
    if (value.at) syncClock(value.at);
    remember(value);
  } else {
    for (const operation of value.operations) app.operations.set(operation.id, operation);
  }
  redraw();
}

function setState(state) {
  if (connection.state === state) return;
  connection.state = state;
  connection.isLate = false;
  clearTimeout(lateness);
  if (state === 'connecting') lateness = setTimeout(late, PATIENCE);
  redraw();
}

function late() {
  connection.isLate = true;
  redraw();
}

function ignoreAbort(error) {
  if (error.name !== 'AbortError') console.error(error);
}
