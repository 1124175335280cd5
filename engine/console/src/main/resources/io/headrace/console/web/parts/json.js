// JSON as text. It is split into tokens and indented, never parsed: a number keeps its digits.
import { html } from '../lit.js';
import { lines } from './text.js';

// A string that is cut ends where the text does: what looks like JSON in it is none.
const TOKEN = /"(?:[^"\\]|\\.)*(?:"|\\?$)|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]|\s+|[^\s{}[\],:"]+/gs;
const MOST = 20_000;

/** Splits text into tokens that, joined, are the text again. */
function tokens(source) {
  return source.match(TOKEN) ?? [];
}

/**
 * Indents JSON. Returns [kind, text] pairs; kinds: key, string, number, word, mark, space. Text that is not JSON comes back
 * piece by piece, nothing is lost.
 */
export function pretty(source) {
  const all = tokens(source).filter(token => token.trim() !== '');
  const out = [];
  let depth = 0;
  const line = () => out.push(['space', '\n' + '  '.repeat(Math.max(depth, 0))]);
  all.forEach((token, i) => {
    const next = all[i + 1];
    if (token === '{' || token === '[') {
      out.push(['mark', token]);
      if (next === '}' || next === ']') return;
      depth++;
      line();
    } else if (token === '}' || token === ']') {
      const previous = all[i - 1];
      if (previous !== '{' && previous !== '[') {
        depth--;
        line();
      }
      out.push(['mark', token]);
    } else if (token === ',') {
      out.push(['mark', token]);
      line();
    } else if (token === ':') {
      out.push(['mark', ': ']);
    } else {
      out.push([kind(token, next), token]);
    }
  });
  return out;
}

function kind(token, next) {
  if (token.startsWith('"')) return next === ':' ? 'key' : 'string';
  return /^-?\d/.test(token) ? 'number' : 'word';
}

/** Whether a text is too long to be shown whole. */
export function isCut(source) {
  return source.length > MOST;
}

/**
 * A block of JSON, cut if it is long.
 * @param isPart whether the text is only the beginning
 */
export function json(source, isPart = false) {
  const shown = isCut(source) ? source.slice(0, MOST) : source;
  return html`<pre class="json" tabindex="0">${pretty(shown).map(([kind, token]) =>
      kind === 'space' || kind === 'mark' ? token : html`<span class=${kind}>${lines(token)}</span>`)}${
      isPart || isCut(source) ? html`<span class="cut">…</span>` : ''}</pre>`;
}
