// Bulk actions: a selection, what it holds, and a durable operation that works through it.
import { html, nothing } from '../lit.js';
import { post } from '../api.js';
import { to } from '../route.js';
import { loaded } from '../loaded.js';
import { count, plural } from '../parts/numbers.js';
import { expect } from './expected.js';
import { problem, skeleton } from '../parts/blocks.js';
import { text } from '../parts/text.js';
import { java, javaId, shell } from './quote.js';

const WORDS = {
  retry: { label: 'Retry', right: 'RETRY', does: 'get fresh attempts and wait to run again' },
  discard: { label: 'Discard', right: 'DISCARD', does: 'are given up: they can no longer be retried, and their unique keys are released', isDanger: true },
  cancel: { label: 'Cancel', right: 'CANCEL', does: 'will not run, and cannot be retried', isDanger: true },
};

/**
 * A bulk action.
 * @param verb retry, discard or cancel
 * @param which { ids } or { kind } or { queue } or { fingerprint }; for cancel { queue, kind } or one of them
 */
export function bulkAction(verb, which, key) {
  const words = WORDS[verb];
  const body = { action: verb.toUpperCase(), ...which };
  let preview;
  return {
    label: which.ids ? `${words.label} ${count(which.ids.length)}` : `${words.label} all`,
    key, right: words.right, isDanger: words.isDanger ?? false,
    cli: cli(verb, which),
    java: call(verb, which),
    ask: {
      title: `${words.label} these jobs?`,
      body() {
        preview ??= loaded(() => post('operations/preview', body));
        if (preview.problem) return problem(preview.problem, preview.reload);
        if (!preview.value) return skeleton(2);
        return previewTable(preview.value, words);
      },
      isReady: () => preview?.value !== undefined && preview.value.count > 0,
      confirm: `${words.label} them`,
    },
    run: async () => {
      const operation = await post('operations', body);
      expect(operation.id, preview.value);
      return {
        text: `${words.label} of ${count(preview.value.count, preview.value.atLeast)} ${plural(preview.value.count, 'job')} has begun.`,
        link: html`<a href=${to('operations', { id: operation.id })}>Watch it</a>`,
      };
    },
  };
}

function previewTable(preview, words) {
  const { groups, count: total, atLeast } = preview;
  if (total === 0) return html`<p>No job matches any more. There is nothing to do.</p>`;
  return html`<p><b>${count(total, atLeast)} ${plural(total, 'job')}</b> ${words.does}.
    ${atLeast ? 'They were not counted to the end; the operation takes all.' : nothing}</p>
    <table class="plain"><thead><tr><th>Queue</th><th>Kind</th><th class="num">Jobs</th></tr></thead>
    <tbody>${groups.slice(0, 12).map(group => html`<tr><td>${text(group.queue)}</td><td>${text(group.kind)}</td>
      <td class="num">${count(group.count)}</td></tr>`)}</tbody></table>
    ${groups.length > 12 ? html`<p class="sub">and ${count(groups.length - 12)} more ${plural(groups.length - 12, 'pair')} of queue and kind</p>` : nothing}
    <p class="sub">The operation continues without this page, shows its progress, and can be stopped.</p>`;
}

function cli(verb, which) {
  if (which.ids) return `headrace jobs ${verb} ${which.ids.map(shell).join(' ')}`;
  const options = Object.entries(which).filter(([, value]) => value).map(([name, value]) => `--${name} ${shell(value)}`);
  return `headrace jobs ${verb} ${options.join(' ')}`;
}

function call(verb, which) {
  if (verb === 'cancel') {
    const waiting = which.queue && which.kind ? `new WaitingJobs(${java(which.queue)}, ${java(which.kind)})`
      : which.queue ? `WaitingJobs.inQueue(${java(which.queue)})` : `WaitingJobs.ofKind(${java(which.kind)})`;
    return `operator.bulk().start(new BulkAction.Cancel(${waiting}))`;
  }
  const jobs = which.ids ? `FailedJobs.byId(List.of(${which.ids.map(javaId).join(', ')}))`
    : which.kind ? `FailedJobs.ofKind(${java(which.kind)})`
    : which.queue ? `FailedJobs.inQueue(${java(which.queue)})`
    : `FailedJobs.withFingerprint(${java(which.fingerprint)})`;
  return `operator.bulk().start(new BulkAction.${WORDS[verb].label}(${jobs}))`;
}
