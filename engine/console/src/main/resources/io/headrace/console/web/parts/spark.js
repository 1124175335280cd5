// A line of the last values, without axes: it shows the shape, the number beside it says how much.
import { svg, html } from '../lit.js';

const WIDTH = 72;
const HEIGHT = 24;

/** @param tone the class of its colour, such as a state */
export function spark(values, tone) {
  const most = Math.max(...values, 0);
  const step = WIDTH / Math.max(values.length - 1, 1);
  const points = values
      .map((value, i) => `${(i * step).toFixed(1)},${(most === 0 ? HEIGHT - 2 : HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1)}`)
      .join(' ');
  return html`<svg class=${'spark ' + tone} width=${WIDTH} height=${HEIGHT} viewBox="0 0 72 24" aria-hidden="true">
    ${values.length > 1 ? svg`<polyline points=${points} />` : svg`<path class="base" d="M0 22H72" />`}
  </svg>`;
}
