// Sends a signal. The value is JSON, or nothing.
import { html, nothing } from '../lit.js';
import { redraw } from '../app.js';
import { post } from '../api.js';
import { counted } from '../parts/numbers.js';
import { text } from '../parts/text.js';
import { java, shell } from './quote.js';

/**
 * @param key for which jobs wait
 * @param shortcut null for none
 */
export function signalAction(key, label = 'Send', shortcut = 'n') {
  let value = '';
  const change = event => {
    value = event.target.value;
    redraw();
  };
  const given = () => value.trim() !== '';
  return {
    label, key: shortcut, right: 'SIGNAL',
    ask: {
      title: 'Send this signal?',
      body: () => html`<p>All jobs that wait for <b>${text(key)}</b> run now, and read the value. A key can be signalled only once.</p>
        <label class="field">Value, as JSON; empty for none<textarea rows="6" spellcheck="false" .value=${value} @input=${change}></textarea></label>
        ${given() && !isJson(value) ? html`<p class="sub bad">This is not JSON. Text is written in double quotes.</p>` : nothing}`,
      isReady: () => !given() || isJson(value),
      confirm: 'Send it',
    },
    get cli() { return `headrace signal ${shell(key)}${given() ? ` ${shell(value)}` : ''}`; },
    get java() { return `operator.signal(${java(key)}, ${given() ? `json.readTree(${java(value)})` : 'null'})`; },
    run: async () => {
      const answer = await post('signals', { key, value: given() ? value : null });
      if (!answer.created) return 'Nothing was sent: the key was signalled before.';
      return `The signal is sent. ${counted(answer.woken, 'job')} ${answer.woken === 1 ? 'is' : 'are'} due now.`;
    },
  };
}

function isJson(source) {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}
