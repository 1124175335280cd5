// Activity as the chart takes it: rates per second, and the starts of engines as marks.
import { zoneName } from '../../parts/clock.js';
import { counted } from '../../parts/numbers.js';

let drawn = {};

/**
 * What the chart shows. It stays the same object until something has changed, so that only then the chart is drawn.
 * @param activity the answer of GET /activity
 * @param marks the answer of GET /marks, or undefined
 */
export function drawing(activity, marks) {
  const zone = zoneName();
  if (drawn.activity !== activity || drawn.marks !== marks || drawn.zone !== zone) {
    drawn = { activity, marks, zone, data: plotted(activity), starts: deploys(marks, activity) };
  }
  return drawn;
}

function plotted(activity) {
  // The last bucket is not over yet.
  const buckets = activity.buckets.slice(0, -1);
  const seconds = activity.widthSeconds;
  const rates = name => buckets.map(bucket => bucket[name] / seconds);
  return {
    at: buckets.map(bucket => Date.parse(bucket.from) / 1000),
    completed: rates('completed'), retried: rates('retried'), failed: rates('failed'),
  };
}

/** Engines that started together with the same version are one mark. With it, the failure rate before and after. */
function deploys(answer, activity) {
  const starts = [...(answer?.marks ?? [])].sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  const out = [];
  for (const start of starts) {
    const at = Date.parse(start.startedAt) / 1000;
    const last = out.at(-1);
    if (last && last.version === start.version && at - last.at < 300) last.engines++;
    else out.push({ at, version: start.version, engines: 1 });
  }
  return out.map(mark => ({ at: mark.at, label: label(mark, activity) }));
}

function label(mark, activity) {
  const name = mark.version ?? counted(mark.engines, 'engine start');
  const before = failing(activity, at => at < mark.at && at >= mark.at - 900);
  const after = failing(activity, at => at >= mark.at && at < mark.at + 900);
  return before === undefined || after === undefined ? name : `${name} · failures ${before} → ${after}`;
}

/** The part of the attempts that failed, for good or to be retried. */
function failing(activity, isIn) {
  let failed = 0, all = 0;
  for (const bucket of activity.buckets) {
    if (!isIn(Date.parse(bucket.from) / 1000)) continue;
    failed += bucket.failed + bucket.retried;
    all += bucket.failed + bucket.retried + bucket.completed;
  }
  return all === 0 ? undefined : `${((failed / all) * 100).toFixed(1)} %`;
}
