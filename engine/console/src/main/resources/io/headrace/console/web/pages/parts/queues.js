// The table of queues, on the overview and on the page of queues.
import { html, nothing, repeat } from '../../lit.js';
import { to } from '../../route.js';
import { app } from '../../app.js';
import { buttons, press } from '../../actions/act.js';
import { queueActions } from '../../actions/queues.js';
import { table } from '../../parts/blocks.js';
import { depth, depthOf } from '../../parts/depth.js';
import { forecast } from '../../parts/forecast.js';
import { count, duration, failedCount, rate } from '../../parts/numbers.js';
import { history } from '../../parts/history.js';
import { spark } from '../../parts/spark.js';
import { text } from '../../parts/text.js';

/** @param isWhole whether all columns are shown */
export function queueTable(queues, isWhole) {
  const most = Math.max(0, ...app.live.queues.map(depthOf));
  const head = html`<th>Queue</th><th class="depth-column">Depth</th><th class="num">Due</th>
    ${isWhole ? html`<th class="num wide">Scheduled</th><th class="num wide">Running</th><th class="num">Failed</th>` : nothing}
    <th class="num wide">Oldest</th><th class="num wide">Settled</th>${isWhole ? html`<th class="wide">Last minutes</th>` : nothing}<th class="wide">Forecast</th><th><span class="hidden">Actions</span></th>`;
  return table('Queues', head, repeat(queues, queue => queue.queue, queue => row(queue, most, isWhole)));
}

/** Carries out the action of a key on the queue of a row. Returns whether there is one. */
export function pressQueue(key, row) {
  const queue = app.live?.queues.find(one => 'queue ' + one.queue === row);
  return queue ? press(key, queueActions(queue)) : false;
}

function row(queue, most, isWhole) {
  const settled = queue.completedPerSecond + queue.retriedPerSecond + queue.failedPerSecond;
  const about = queue.estimated ? html`<span class="quiet-text" title="Estimated">≈ </span>` : nothing;
  return html`<tr data-key=${'queue ' + queue.queue}>
    <td class="name"><a class="row strong" href=${to('jobs', { queue: queue.queue, state: 'PENDING' })}>${text(queue.queue)}</a><span class="narrow sub">${forecast(queue)}</span></td>
    <td class="depth-column">${depth(queue, most)}</td>
    <td class="num">${about}${count(queue.due)}</td>
    ${isWhole ? html`<td class="num wide">${count(queue.scheduled)}</td><td class="num wide">${count(queue.leased)}</td>
      <td class="num">${queue.failed > 0 ? html`<a class="bad" href=${to('jobs', { queue: queue.queue, state: 'FAILED' })}>${failedCount(queue.failed)}</a>` : '0'}</td>` : nothing}
    <td class="num wide">${queue.due > 0 ? duration(queue.oldestDueSeconds) : html`<span class="none">–</span>`}</td>
    <td class="num wide">${rate(settled)}</td>
    ${isWhole ? html`<td class="wide">${spark(history('queue ' + queue.queue), 'water')}</td>` : nothing}
    <td class="wide">${forecast(queue)}</td>
    <td class="actions">${buttons(queueActions(queue))}</td></tr>`;
}
