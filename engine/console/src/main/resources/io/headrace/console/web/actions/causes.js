// What can be done about a cause of failures: retry one as a probe, then the rest.
import { html } from '../lit.js';
import { post, segment } from '../api.js';
import { to } from '../route.js';
import { bulkAction } from './bulk.js';
import { java, shell } from './quote.js';

/** @param cause a cause of GET /failures */
export function causeActions(cause) {
  const { fingerprint } = cause;
  return [
    {
      label: 'Probe', key: 'b', right: 'RETRY',
      cli: `headrace jobs retry --fingerprint ${shell(fingerprint)} --probe`,
      java: `operator.probe(FailedJobs.withFingerprint(${java(fingerprint)}))`,
      run: async () => {
        const { job: id } = await post(`failures/${segment(fingerprint)}/probe`);
        if (!id) return 'No failed job has this cause any more.';
        return { text: 'The newest job of this cause runs again.', link: html`<a href=${to('job', { id })}>Watch it</a>` };
      },
    },
    bulkAction('retry', { fingerprint }, 'r'),
    bulkAction('discard', { fingerprint }, 'd'),
  ];
}
