// What can be done with one job. Which of it applies depends on its state.
import { post, segment } from '../api.js';
import { html } from '../lit.js';
import { text } from '../parts/text.js';
import { javaId, shell } from './quote.js';

const CANCELLED = {
  CANCELLED: 'The job was waiting and is cancelled.',
  CANCELLED_WHILE_LEASED: 'The job is cancelled. Its handler is cancelled with the next heartbeat.',
  TOO_LATE: 'The job had already ended. Nothing was changed.',
};

/** @param job anything with id, state and kind */
export function jobActions(job) {
  return [retry(job), runNow(job), cancel(job), discard(job)].filter(Boolean);
}

function retry(job) {
  if (job.state !== 'FAILED') return undefined;
  return {
    label: 'Retry', key: 'r', right: 'RETRY', isPrimary: true,
    cli: `headrace jobs retry ${shell(job.id)}`,
    java: `operator.retryFailed(FailedJobs.byId(List.of(${javaId(job.id)})))`,
    run: async () => {
      const report = await post(`jobs/${segment(job.id)}/retry`);
      return report.retried > 0 ? `${job.id} is waiting again, with fresh attempts.` : 'Somebody else decided about this job first.';
    },
  };
}

function runNow(job) {
  if (job.state !== 'PENDING') return undefined;
  return {
    label: 'Run now', key: 'n', right: 'RETRY', isPrimary: true,
    cli: `headrace jobs run-now ${shell(job.id)}`,
    java: `operator.runNow(${javaId(job.id)})`,
    run: async () => {
      const answer = await post(`jobs/${segment(job.id)}/run-now`);
      return answer.due ? `${job.id} is due now.` : 'The job no longer waits.';
    },
  };
}

function cancel(job) {
  if (job.state !== 'PENDING' && job.state !== 'LEASED') return undefined;
  const isRunning = job.state === 'LEASED';
  return {
    label: 'Cancel', key: 'c', right: 'CANCEL', isDanger: true,
    ask: {
      title: 'Cancel this job?',
      body: html`<p><b>${text(job.kind)}</b> <code>${job.id}</code> ${isRunning
          ? 'is running. Its handler is cancelled with the next heartbeat, and its outcome no longer counts.'
          : 'will not run. It stays on record as cancelled, and cannot be retried.'}</p>`,
      confirm: 'Cancel the job',
    },
    cli: `headrace jobs cancel ${shell(job.id)}`,
    java: `operator.cancel(${javaId(job.id)})`,
    run: async () => {
      const answer = await post(`jobs/${segment(job.id)}/cancel`);
      return CANCELLED[answer.answer];
    },
  };
}

function discard(job) {
  if (job.state !== 'FAILED') return undefined;
  return {
    label: 'Discard', key: 'd', right: 'DISCARD', isDanger: true,
    ask: {
      title: 'Discard this job?',
      body: html`<p><b>${text(job.kind)}</b> <code>${job.id}</code> is given up: it can no longer be retried, and its unique key
        is released. It stays on record until its retention ends.</p>`,
      confirm: 'Discard the job',
    },
    cli: `headrace jobs discard ${shell(job.id)}`,
    java: `operator.discard(FailedJobs.byId(List.of(${javaId(job.id)})))`,
    run: async () => {
      const report = await post(`jobs/${segment(job.id)}/discard`);
      return report.discarded > 0 ? `${job.id} is discarded.` : 'Somebody else decided about this job first.';
    },
  };
}
