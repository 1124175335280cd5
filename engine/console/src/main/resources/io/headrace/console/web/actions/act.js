// How an action is offered and carried out. An action is a plain object:
//   label, key      what its button says, and the key that does the same
//   right           who may; without it the button is not there
//   isDanger        whether it takes something away
//   ask             what is asked first: { title, body, confirm }; undefined if it is carried out at once
//   cli, java       the same by hand
//   run             carries it out, and returns a sentence
import { html, nothing } from '../lit.js';
import { may } from '../app.js';
import { confirm } from '../parts/dialog.js';
import { say, sayProblem } from '../parts/toasts.js';
import { card } from '../parts/blocks.js';
import { calls } from '../parts/calls.js';

/** The actions that this person may carry out. */
export function permitted(actions) {
  return actions.filter(action => may(action.right));
}

/** What is being carried out, by its command line: a second click on the same button is not a second decision. */
const running = new Set();

/** Asks if it must, carries the action out, and says what came of it. */
export async function perform(action, done = () => {}) {
  if (!may(action.right)) return;
  if (action.ask && !(await confirm(action))) return;
  const name = action.cli;
  if (running.has(name)) return;
  running.add(name);
  try {
    const answer = await action.run();
    if (answer) say(answer.text ?? answer, answer.link);
    done();
  } catch (problem) {
    sayProblem(problem);
  } finally {
    running.delete(name);
  }
}

/** Buttons of actions. */
export function buttons(actions, done) {
  return permitted(actions).map((action, i) => html`
    <button class=${action.isDanger ? 'danger' : i === 0 && action.isPrimary ? 'primary' : ''} title=${action.key ? `${action.label} (${action.key})` : nothing}
      @click=${() => perform(action, done)}>${action.label}${action.ask ? '…' : ''}</button>`);
}

/** Carries out the action of a key. Returns whether there is one. */
export function press(key, actions, done) {
  const action = permitted(actions).find(one => one.key === key);
  if (!action) return false;
  perform(action, done);
  return true;
}

/** The card that shows the command line and the Java call of each action. */
export function byHand(actions) {
  const shown = permitted(actions);
  if (shown.length === 0) return nothing;
  return card('The same by hand', 'command line and Java', html`<div class="by-hand">${shown.map(action => html`
    <h3>${action.label}</h3>${calls(action)}`)}</div>`);
}
