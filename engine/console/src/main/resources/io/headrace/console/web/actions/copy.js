// Enqueues a job like another one. The payload is shown first and can be changed: what is hidden in it has to be filled in.
import { html, nothing } from '../lit.js';
import { redraw } from '../app.js';
import { post } from '../api.js';
import { to } from '../route.js';
import { isCut } from '../parts/json.js';
import { text } from '../parts/text.js';
import { java, shell } from './quote.js';

/** @param job a job with its payload; undefined is returned if that is not shown, or too long */
export function copyAction(job) {
  if (typeof job.payload !== 'string' || !job.payloadShown || job.payloadCut || isCut(job.payload)) return undefined;
  let payload = job.payload;
  const change = event => {
    payload = event.target.value;
    redraw();
  };
  return {
    label: 'Enqueue a copy', right: 'ENQUEUE',
    ask: {
      title: 'Enqueue a copy of this job?',
      body: () => html`<p>A new job of the kind <b>${text(job.kind)}</b> is enqueued to <b>${text(job.queue)}</b>, due at once
        ${job.uniqueKey ? ', without the unique key' : nothing}.</p>
        <label class="field">Payload<textarea rows="10" spellcheck="false" .value=${payload} @input=${change}></textarea></label>
        ${payload.includes('(hidden)') ? html`<p class="sub bad">Some of it is hidden. Fill it in before you go on.</p>` : nothing}`,
      isReady: () => payload.trim() !== '',
      confirm: 'Enqueue it',
    },
    get cli() { return `headrace enqueue ${shell(job.kind)} ${shell(payload)} --queue ${shell(job.queue)} --priority ${job.priority}`; },
    get java() { return `operator.enqueue(JobType.of(${java(job.kind)}, JsonNode.class).queue(${java(job.queue)}).job(json.readTree(${java(payload)})).priority(${job.priority}))`; },
    run: async () => {
      const answer = await post('jobs', { kind: job.kind, payload, queue: job.queue, priority: job.priority, maxAttempts: job.maxAttempts ?? undefined });
      return { text: 'The copy is enqueued.', link: html`<a href=${to('job', { id: answer.job })}>Open it</a>` };
    },
  };
}
