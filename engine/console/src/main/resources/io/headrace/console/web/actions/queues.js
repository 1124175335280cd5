// What can be done with a queue.
import { post, segment } from '../api.js';
import { html } from '../lit.js';
import { text } from '../parts/text.js';
import { java, shell } from './quote.js';

/** @param queue { queue, paused } of the live view */
export function queueActions(queue) {
  const name = queue.queue;
  return queue.paused ? [{
    label: 'Resume', key: 'p', right: 'PAUSE',
    cli: `headrace queue resume ${shell(name)}`,
    java: `operator.resume(${java(name)})`,
    run: async () => {
      await post(`queues/${segment(name)}/resume`);
      return `The queue ${name} is resumed. Waiting workers are woken.`;
    },
  }] : [{
    label: 'Pause', key: 'p', right: 'PAUSE',
    ask: {
      title: 'Pause this queue?',
      body: html`<p>No engine claims jobs from <b>${text(name)}</b> until it is resumed. Running jobs finish normally, and jobs can
        still be enqueued.</p>`,
      confirm: 'Pause the queue',
    },
    cli: `headrace queue pause ${shell(name)}`,
    java: `operator.pause(${java(name)})`,
    run: async () => {
      await post(`queues/${segment(name)}/pause`);
      return `The queue ${name} is paused.`;
    },
  }];
}
