// The depth of a queue as a bar: due, scheduled, running. Its length is in proportion to the fullest queue.
import { html, svg } from '../lit.js';
import { count } from './numbers.js';

/** @param most the depth of the fullest queue */
export function depth(queue, most) {
  const parts = [['due', queue.due], ['scheduled', queue.scheduled], ['running', queue.leased]];
  // A root keeps small queues visible beside one with a million jobs.
  const total = parts.reduce((sum, [, value]) => sum + value, 0);
  const width = most === 0 ? 0 : Math.sqrt(total / most) * 100;
  let x = 0;
  const words = parts.map(([name, value]) => `${count(value)} ${name}`).join(', ');
  return html`<svg class="depth" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=${words}>
    <title>${words}</title><rect class="ground" width="100" height="8" />
    ${parts.map(([name, value]) => {
      const part = total === 0 ? 0 : (value / total) * width;
      const bar = svg`<rect class=${name} x=${x} width=${part} height="8" />`;
      x += part;
      return bar;
    })}</svg>`;
}

/** The depth of a queue. */
export function depthOf(queue) {
  return queue.due + queue.scheduled + queue.leased;
}
