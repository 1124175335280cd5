// The life of a job as a strip: from its enqueue over its failed attempts to its end or its next attempt.
import { html, nothing } from '../../lit.js';
import { card } from '../../parts/blocks.js';
import { at, now, timeText } from '../../parts/clock.js';
import { duration } from '../../parts/numbers.js';

/** The steps: { from, to, tone, label, mark }. A mark stands at the end of a step. */
function steps(job) {
  const failures = job.failures.filter(failure => failure.at);
  const out = [];
  let from = Date.parse(job.createdAt);
  for (const failure of failures) {
    const to = Date.parse(failure.at);
    const isLast = failure === failures.at(-1);
    const isEnd = isLast && job.state === 'CANCELLED';
    out.push({ from, to, tone: out.length === 0 ? 'due' : 'retrying', mark: isEnd ? 'cancelled' : 'failed', label: isEnd ? 'cancelled' : `${failure.attempt}` });
    from = to;
  }
  if (job.state === 'PENDING') {
    const due = job.runAt ? Date.parse(job.runAt) : now();
    const tone = failures.length > 0 ? 'retrying' : due > now() ? 'scheduled' : 'due';
    out.push({ from, to: Math.max(due, now(), from), tone, isOpen: true, label: due > now() ? `due ${timeText(due)}` : 'due now' });
  } else if (job.state === 'LEASED') {
    out.push({ from, to: Math.max(now(), from), tone: 'running', isOpen: true, label: 'running' });
  } else if (job.state === 'COMPLETED') {
    // When it completed is not kept with the job.
    out.push({ from, to: from, tone: 'running', mark: 'completed', label: 'completed' });
  }
  return out;
}

export function timeline(job) {
  const all = steps(job);
  if (all.length === 0) return nothing;
  const end = all.at(-1).to;
  const start = all[0].from;
  // Roots, so that the short first attempts stay visible beside a backoff of hours. Each step says how long it took.
  const shown = all.length > 24 ? [...all.slice(0, 3), { isGap: true, hidden: all.length - 23 }, ...all.slice(-20)] : all;
  const span = html`<span>${at(new Date(start).toISOString())}${end > start ? html` → ${at(new Date(end).toISOString())}, ${duration((end - start) / 1000)}` : nothing}</span>`;
  return card('Timeline', span, html`
    <ol class="track">${shown.map(step => step.isGap ? html`<li class="gap">${step.hidden} more</li>` : html`
      <li class=${`${step.tone} ${step.isOpen ? 'open' : ''}`} .style=${`flex-grow: ${(Math.sqrt(Math.max(step.to - step.from, 1)) / 10).toFixed(2)}`}
        title=${`${timeText(step.from)} → ${timeText(step.to)}`}>
        <span class="length">${step.to > step.from ? duration((step.to - step.from) / 1000) : nothing}</span>
        ${step.mark ? html`<i class=${step.mark}></i>` : nothing}<span class=${'tick ' + (step.mark ?? '')}>${step.label}</span></li>`)}</ol>`);
}
