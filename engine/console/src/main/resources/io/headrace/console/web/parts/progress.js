// The progress of a bulk operation: a bar that is full at its end, or one that only shows that it goes on. One that was stopped has
// no bar if nobody knows how far it would have gone.
import { html, nothing } from '../lit.js';
import { expected } from '../actions/expected.js';

export function progress(operation) {
  const whole = expected(operation);
  if (whole === undefined && operation.state === 'STOPPED') return nothing;
  if (whole === undefined) return html`<progress aria-label="Progress"></progress>`;
  return html`<progress max=${Math.max(whole, 1)} value=${whole === 0 ? 1 : operation.matched} aria-label="Progress"></progress>`;
}
