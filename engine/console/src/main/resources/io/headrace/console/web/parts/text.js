// Text that others wrote, shown as text. Its direction stays its own, and characters that cannot be seen are written out.
import { html } from '../lit.js';

// Control characters, marks and overrides of direction, and what has no width.
const UNSEEN = /([\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb])/;
const KEPT = new Set(['\n', '\t']);

function name(character) {
  return '\\u' + character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** The pieces of a text; with lines, line breaks and tabs stay. */
function pieces(value, lines) {
  return value.split(UNSEEN).map((piece, i) =>
      i % 2 === 0 || (lines && KEPT.has(piece)) ? piece : html`<span class="escape">${name(piece)}</span>`);
}

/** Short text, such as a name or a message. */
export function text(value) {
  if (value === undefined || value === null) return html`<span class="none">–</span>`;
  const string = String(value);
  return html`<bdi>${UNSEEN.test(string) ? pieces(string, false) : string}</bdi>`;
}

/** Text with lines, for a pre element. */
export function lines(value) {
  return UNSEEN.test(value) ? pieces(value, true) : value;
}

/** The same for places that take no elements, such as the title of the window. */
export function escaped(value) {
  return String(value).split(UNSEEN).map((piece, i) => (i % 2 === 0 ? piece : name(piece))).join('');
}

/** The end of a Java class name: its package is in the title. */
export function className(name) {
  if (!name) return text(name);
  return html`<span title=${escaped(name)}>${text(simpleName(name))}</span>`;
}

function simpleName(name) {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Values one after the other, with what separates them. */
export function joined(values, separator = ', ') {
  return values.map((value, i) => html`${i > 0 ? separator : ''}${value}`);
}
