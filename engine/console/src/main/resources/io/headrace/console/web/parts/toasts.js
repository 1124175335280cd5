// Short answers to what somebody did. They go by themselves; a failure stays until it is closed.
import { html, nothing } from '../lit.js';
import { redraw } from '../app.js';
import { text } from './text.js';

let shown = [];
let number = 0;

/** @param link a template to follow, or undefined */
export function say(message, link) {
  add({ message, link, isBad: false });
}

export function sayProblem(problem) {
  add({ message: problem.message, link: undefined, isBad: true });
}

function add(toast) {
  const id = ++number;
  shown = [...shown.slice(-2), { ...toast, id }];
  if (!toast.isBad) setTimeout(() => close(id), 8_000);
  redraw();
}

function close(id) {
  shown = shown.filter(toast => toast.id !== id);
  redraw();
}

export function toasts() {
  return html`<div class="toasts" role="status" aria-live="polite">${shown.map(toast => html`
    <div class=${toast.isBad ? 'toast bad' : 'toast'}><span>${text(toast.message)}</span>${toast.link ?? nothing}
      <button class="quiet icon" aria-label="Close" @click=${() => close(toast.id)}>×</button></div>`)}</div>`;
}
