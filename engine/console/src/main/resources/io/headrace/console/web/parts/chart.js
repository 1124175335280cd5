// Jobs settled per second, stacked: completed, retried, failed, with the starts of engines as marks.
// The drawing is uPlot's. It is loaded when the first chart is shown; its axes and colours follow the theme.
import { html } from '../lit.js';
import { axisTime, timeText } from './clock.js';
import { rate } from './numbers.js';

const HEIGHT = 190;
let library;

/** Loads uPlot once. It is a classic script that sets a global. */
function load() {
  library ??= new Promise((resolve, reject) => {
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = new URL('../lib/uplot/uPlot.min.css', import.meta.url);
    const script = document.createElement('script');
    script.src = new URL('../lib/uplot/uPlot.iife.min.js', import.meta.url);
    script.onload = () => resolve(globalThis.uPlot);
    script.onerror = () => {
      // The next drawing tries again.
      library = undefined;
      reject(new Error('The library that draws charts was not loaded.'));
    };
    document.head.append(style, script);
  });
  return library;
}

/** The colour behind a custom property, for a canvas: which of its two values applies is for the browser to say. */
function resolve(element, property) {
  const probe = document.createElement('i');
  probe.style.color = `var(${property})`;
  element.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

class RateChart extends HTMLElement {
  #plot;
  #data;
  #marks = [];
  #observer = new ResizeObserver(() => this.#plot?.setSize({ width: this.clientWidth, height: HEIGHT }));
  #retheme = () => this.#draw(true);

  set data(data) {
    this.#data = data;
    this.#draw(false);
  }

  set marks(marks) {
    this.#marks = marks;
    this.#plot?.redraw(false);
  }

  connectedCallback() {
    this.#observer.observe(this);
    addEventListener('themechange', this.#retheme);
    this.#draw(false);
  }

  disconnectedCallback() {
    this.#observer.disconnect();
    removeEventListener('themechange', this.#retheme);
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  async #draw(isNew) {
    if (!this.#data) return;
    const UPlot = await load();
    if (!this.isConnected) return;
    const stacked = stack(this.#data);
    if (this.#plot && !isNew) {
      this.#plot.setData(stacked);
      return;
    }
    this.#plot?.destroy();
    this.#plot = new UPlot(this.#options(UPlot), stacked, this);
  }

  #options(UPlot) {
    const color = name => resolve(this, name);
    const font = `11px ${getComputedStyle(this).fontFamily}`;
    const axis = { stroke: color('--plot-ink'), font, grid: { stroke: color('--plot-line'), width: 1 }, ticks: { show: false } };
    const series = name => ({
      label: name, stroke: color(`--plot-${name}`), fill: color(`--plot-${name}-fill`), width: 1.5, points: { show: false },
      // Stacked values are drawn, but the legend tells those of the series alone.
      value: (plot, value, at, i) => rate(this.#data[name][i]),
    });
    return {
      width: this.clientWidth, height: HEIGHT, padding: [14, 8, 0, 0],
      cursor: { y: false, points: { size: 5 } },
      legend: { live: true },
      scales: { x: { time: true }, y: { range: (plot, low, high) => [0, Math.max(high * 1.08, 1)] } },
      axes: [
        { ...axis, size: 26, values: (plot, ticks) => ticks.map(axisTime), grid: { show: false } },
        { ...axis, size: 48, values: (plot, ticks) => ticks.map(tick => tick.toLocaleString('en-US')) },
      ],
      series: [
        { value: (plot, seconds) => (seconds === null || seconds === undefined ? '–' : timeText(seconds * 1000, true)) },
        series('failed'), series('retried'), series('completed'),
      ],
      hooks: {
        draw: [plot => this.#drawMarks(plot, color, font)],
        // Without a pointer, the legend tells the latest values.
        setLegend: [plot => plot.legend.idx === null && plot.setLegend({ idx: plot.data[0].length - 1 }, false)],
      },
    };
  }

  #drawMarks(plot, color, font) {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio || 1;
    ctx.save();
    ctx.strokeStyle = color('--plot-mark');
    ctx.fillStyle = color('--plot-mark');
    ctx.font = font.replace('11px', `${11 * ratio}px`);
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.textBaseline = 'bottom';
    let end = -Infinity;
    for (const mark of this.#marks) {
      const x = Math.round(plot.valToPos(mark.at, 'x', true));
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      const width = ctx.measureText(mark.label).width;
      const from = Math.max(bbox.left, Math.min(x, bbox.left + bbox.width - width));
      // Labels that would overlap are left out; the lines stay.
      if (from > end + 8) {
        ctx.fillText(mark.label, from, bbox.top - 2 * ratio);
        end = from + width;
      }
    }
    ctx.restore();
  }
}

/** Sums from below: completed, then retried, then failed; drawn from the top down, so that each covers what is behind it. */
function stack({ at, completed, retried, failed }) {
  const lower = completed;
  const middle = lower.map((value, i) => value + retried[i]);
  const upper = middle.map((value, i) => value + failed[i]);
  return [at, upper, middle, lower];
}

customElements.define('rate-chart', RateChart);

/**
 * A chart.
 * @param data { at, completed, retried, failed }: arrays; times in seconds, rates per second
 * @param marks [{ at, label }]
 * @param words what it shows, for those who do not see it
 */
export function chart(data, marks, words) {
  return html`<rate-chart role="img" aria-label=${words} .data=${data} .marks=${marks}></rate-chart>`;
}
