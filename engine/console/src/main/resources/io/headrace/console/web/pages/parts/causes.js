// A cause of failures as a row: what, where, how often, since when, and what to do.
import { html, nothing } from '../../lit.js';
import { to } from '../../route.js';
import { buttons } from '../../actions/act.js';
import { causeActions } from '../../actions/causes.js';
import { at } from '../../parts/clock.js';
import { count } from '../../parts/numbers.js';
import { className, joined, text } from '../../parts/text.js';

/** @param isBrief whether only the probe is offered */
export function causeRows(cause, isBrief, done) {
  const actions = causeActions(cause);
  return html`<li class="cause" data-key=${'cause ' + cause.fingerprint}>
    <div class="what">
      <p><a class="row strong" href=${to('failures', { fingerprint: cause.fingerprint })}>${className(cause.errorType)}</a>
        ${cause.frame ? html`<span class="quiet-text">${text(frame(cause.frame))}</span>` : nothing}</p>
      ${cause.message ? html`<p class="message">${text(cause.message)}</p>` : nothing}
      <p class="sub">${names(cause.kinds)}${cause.version ? html` · ${text(cause.version)}` : nothing} · ${at(cause.firstSeen, true)} – ${at(cause.lastSeen, true)}</p>
    </div>
    <a class="many bad" href=${to('jobs', { state: 'FAILED', fingerprint: cause.fingerprint })} title="Show these jobs">${count(cause.count, cause.atLeast)}</a>
    <div class="buttons">${buttons(isBrief ? actions.slice(0, 1) : actions, done)}</div></li>`;
}

/** The frame without its package: shop.billing.Mailer.send(Mailer.java:88) is Mailer.send:88. */
export function frame(source) {
  const [, type, method, line] = /(?:.*[./])?([\w$]+)\.([\w$<>]+)\(.*?(?::(\d+))?\)$/.exec(source) ?? [];
  return type ? `${type}.${method}${line ? ':' + line : ''}` : source;
}

/** The cause of a row. */
export function causeOf(row, answer) {
  return answer?.causes.find(cause => 'cause ' + cause.fingerprint === row);
}

function names(all) {
  const shown = [...all].sort();
  return html`${joined(shown.slice(0, 3).map(text))}${shown.length > 3 ? ` and ${shown.length - 3} more` : ''}`;
}
