// The last minutes of the live view, for sparklines. Kept in this tab only.

const MOST = 60;
const series = new Map();

/** Takes the numbers of a live view. */
export function remember(view) {
  let due = 0, leased = 0, completed = 0, retried = 0, failed = 0, tombstones = 0;
  for (const queue of view.queues) {
    due += queue.due;
    leased += queue.leased;
    tombstones += queue.failed;
    completed += queue.completedPerSecond;
    retried += queue.retriedPerSecond;
    failed += queue.failedPerSecond;
    push('queue ' + queue.queue, queue.completedPerSecond + queue.retriedPerSecond + queue.failedPerSecond);
  }
  push('due', due);
  push('leased', leased);
  push('tombstones', tombstones);
  push('settled', completed + retried + failed);
  push('retried', retried);
}

function push(name, value) {
  const values = series.get(name) ?? [];
  values.push(value);
  if (values.length > MOST) values.shift();
  series.set(name, values);
}

/** The values under a name, oldest first. */
export function history(name) {
  return series.get(name) ?? [];
}
