// Stack traces, folded to the frames of the application: runs of library frames become one line that opens.
import { html } from '../lit.js';
import { counted } from './numbers.js';
import { lines } from './text.js';

const LIBRARY = /^\s+at (?:[\w.$-]+\/)*(?:java|javax|jdk|sun|com\.sun|jakarta|kotlin|kotlinx|scala|reactor|io\.netty|io\.r2dbc|io\.micrometer|org\.springframework|org\.reactivestreams|org\.postgresql|tools\.jackson|com\.fasterxml|org\.junit|io\.headrace\.(?:engine|spi|observe))\./;
const OMITTED = /^\s+\.\.\. /;

/** Splits a trace into [isFolded, lines] runs. */
function folds(trace) {
  const runs = [];
  for (const line of trace.replaceAll('\r\n', '\n').split('\n')) {
    if (line.trim() === '') continue;
    const isFolded = LIBRARY.test(line) || OMITTED.test(line);
    const last = runs.at(-1);
    if (last && last[0] === isFolded) last[1].push(line);
    else runs.push([isFolded, [line]]);
  }
  return runs;
}

/** A trace whose library frames open on demand. */
export function trace(source) {
  return html`<div class="trace">${folds(source).map(([isFolded, run]) => {
    const shown = run.join('\n');
    if (!isFolded) return html`<pre tabindex="0">${lines(shown)}</pre>`;
    return html`<details><summary>${counted(run.length, 'frame')} of libraries</summary><pre tabindex="0">${lines(shown)}</pre></details>`;
  })}</div>`;
}
