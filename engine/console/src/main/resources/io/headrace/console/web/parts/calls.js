// A command line and a Java call that do the same as a button, each with a button that copies it.
import { html } from '../lit.js';
import { lines } from './text.js';
import { say, sayProblem } from './toasts.js';

/** @param action anything with cli and java */
export function calls(action) {
  return [action.cli, action.java].filter(Boolean).map(call => html`
    <div class="call"><pre tabindex="0">${lines(call)}</pre>
      <button type="button" class="quiet small" @click=${() => copy(call)}>Copy</button></div>`);
}

/** Copies text, and says so. */
export async function copy(value) {
  try {
    await navigator.clipboard.writeText(value);
    say('Copied.');
  } catch {
    sayProblem({ message: 'The browser does not let this page copy. Select the text instead.' });
  }
}
