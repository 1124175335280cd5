// Queues: depth, age, rate and forecast of each, pause and resume.
import { html } from '../lit.js';
import { app } from '../app.js';
import { byHand } from '../actions/act.js';
import { queueActions } from '../actions/queues.js';
import { card, empty, heading, skeleton } from '../parts/blocks.js';
import { counted } from '../parts/numbers.js';
import { mark } from '../parts/state.js';
import { pressQueue, queueTable } from './parts/queues.js';

export function queues() {
  return {
    title: 'Queues',
    view: () => html`${heading('Queues', lead())}
      ${card('All queues', html`<span class="legend">${mark('due', 'due')}${mark('scheduled', 'scheduled')}${mark('running', 'running')}</span>`, content())}
      ${hand()}`,
    keys: pressQueue,
  };
}

function lead() {
  if (!app.live) return 'Reading…';
  const paused = app.live.queues.filter(queue => queue.paused).length;
  return `${counted(app.live.queues.length, 'queue')}, ${paused === 0 ? 'none paused' : `${paused} paused`}. Refreshed every two seconds.`;
}

function content() {
  if (!app.live) return skeleton(8);
  if (app.live.queues.length === 0) return empty('No queue yet. A queue appears with its first job or engine.');
  return queueTable(app.live.queues, true);
}

function hand() {
  const first = app.live?.queues[0];
  return first ? byHand(queueActions(first)) : '';
}
