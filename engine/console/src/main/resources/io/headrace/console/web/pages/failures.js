// Failures by cause: what fails alike is one row. Retry one as a probe; if it completes, the rest.
import { html, nothing, repeat } from '../lit.js';
import { get } from '../api.js';
import { loaded } from '../loaded.js';
import { to } from '../route.js';
import { buttons, byHand, press } from '../actions/act.js';
import { causeActions } from '../actions/causes.js';
import { card, empty, facts, heading, when } from '../parts/blocks.js';
import { at } from '../parts/clock.js';
import { count, counted, plural } from '../parts/numbers.js';
import { className, escaped, joined, text } from '../parts/text.js';
import { trace } from '../parts/trace.js';
import { causeOf, causeRows, frame } from './parts/causes.js';

export function failures({ fingerprint }) {
  const causes = loaded(signal => get('failures', {}, signal));
  const reload = () => causes.reload();
  const one = () => causes.value?.causes.find(cause => cause.fingerprint === fingerprint);
  let latest;
  return {
    title: 'Failures',
    view() {
      if (!fingerprint) return list(causes, reload);
      const cause = one();
      latest ??= cause ? loaded(signal => get(`jobs/${cause.latest}`, {}, signal)) : undefined;
      return cause ? single(cause, latest, reload) : html`${heading('Cause', text(fingerprint))}
        ${card('Failed jobs', undefined, when(causes, () => empty('No failed job has this cause any more.', html`<a href=${to('failures')}>All causes</a>`), 4))}`;
    },
    keys(key, row) {
      const cause = fingerprint ? one() : causeOf(row, causes.value);
      return cause ? press(key, causeActions(cause), reload) : false;
    },
    every: 20,
    refresh: reload,
    close() {
      causes.close();
      latest?.close();
    },
  };
}

function list(causes, reload) {
  const total = causes.value?.causes.reduce((sum, cause) => sum + cause.count, 0);
  const isAtLeast = causes.value?.causes.some(cause => cause.atLeast);
  const lead = causes.value === undefined ? 'Reading…' : causes.value.causes.length === 0 ? 'No failed job.'
    : `${count(total, isAtLeast)} failed ${plural(total, 'job')}, ${counted(causes.value.causes.length, 'cause')}. Retry one as a probe; if it completes, retry the rest.`;
  return html`${heading('Failures', lead)}
    ${card('By cause', 'most recent first', when(causes, answer => answer.causes.length === 0
      ? empty('No failed job. Nothing to do.', html`<a href=${to('jobs')}>All jobs</a>`)
      : html`<ul class="causes">${repeat(answer.causes, cause => cause.fingerprint, cause => causeRows(cause, false, reload))}</ul>`, 8))}
    ${causes.value?.causes.length > 0 ? byHand(causeActions(causes.value.causes[0])) : nothing}`;
}

function single(cause, latest, reload) {
  const failure = latest?.value?.failures.at(-1);
  return html`${heading(className(cause.errorType), html`${cause.message ? text(cause.message) : nothing}`, buttons(causeActions(cause), reload))}
    <div class="cols">
      <div class="stack">${card('Latest trace', html`<a href=${to('job', { id: cause.latest })}>job <code>${cause.latest}</code></a>`,
        failure?.trace ? trace(failure.trace) : empty(latest?.value || latest?.problem ? 'No stack trace is on record.' : 'Reading…'))}</div>
      <div class="stack">
        ${card('Facts', undefined, facts([
          ['Failed jobs', html`<a href=${to('jobs', { state: 'FAILED', fingerprint: cause.fingerprint })}>${count(cause.count, cause.atLeast)}</a>`],
          ['Error', text(cause.errorType)],
          cause.frame && ['At', html`<span title=${escaped(cause.frame)}>${text(frame(cause.frame))}</span>`],
          ['Kinds', joined(cause.kinds.map(text))],
          ['Queues', joined(cause.queues.map(text))],
          ['First seen', at(cause.firstSeen)], ['Last seen', at(cause.lastSeen)],
          cause.version && ['Version', text(cause.version)],
          ['Fingerprint', html`<code>${text(cause.fingerprint)}</code>`],
        ]))}
        ${byHand(causeActions(cause))}
      </div></div>`;
}
