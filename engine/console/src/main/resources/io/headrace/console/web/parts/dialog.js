// One question at a time: what will happen, on how many, how to do the same by hand, and two buttons.
import { html, nothing } from '../lit.js';
import { redraw } from '../app.js';
import { calls } from './calls.js';
import { modal } from './modal.js';

let open;

export function isDialogOpen() {
  return document.querySelector('dialog[open]') !== null;
}

/**
 * Asks. Resolves to whether the answer is yes.
 * @param action its ask may hold a body that is a function, which is drawn each time, and isReady, which allows a yes
 */
export function confirm(action) {
  return new Promise(resolve => {
    open = { action, resolve };
    redraw();
  });
}

function answer(isYes) {
  const { resolve } = open;
  open = undefined;
  redraw();
  resolve(isYes);
}

function submit(event) {
  event.preventDefault();
  answer(true);
}

export function dialog() {
  if (!open) return nothing;
  const { action } = open;
  const ask = action.ask;
  const body = typeof ask.body === 'function' ? ask.body() : ask.body;
  const isReady = ask.isReady?.() ?? true;
  return modal(() => answer(false), ask.title, html`<form @submit=${submit}>
    <div class="question">${body}</div>
    ${action.cli ? html`<details class="same"><summary>The same by hand</summary>${calls(action)}</details>` : nothing}
    <div class="buttons">
      <button type="button" class=${action.isDanger ? 'first' : ''} @click=${() => answer(false)}>Keep as it is</button>
      <button type="submit" class=${action.isDanger ? 'primary bad' : 'primary first'} ?disabled=${!isReady}>${ask.confirm ?? action.label}</button>
    </div></form>`);
}
