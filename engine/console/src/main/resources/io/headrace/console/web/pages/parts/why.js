// Why a job is not running, and what ends the wait; of one that ended, what became of it.
import { html, nothing } from '../../lit.js';
import { at } from '../../parts/clock.js';
import { look } from '../../parts/state.js';
import { text } from '../../parts/text.js';

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** @param why the loaded answer of GET /jobs/{id}/why */
export function whyBanner(why, job) {
  const isWaiting = job.state === 'PENDING';
  const question = isWaiting ? 'Why is it not running?' : job.state === 'LEASED' ? 'Where does it run?' : 'What became of it?';
  if (!why.value) {
    return why.problem ? nothing : html`<div class="why"><span class=${'state ' + look(job).tone}></span><div><b>${question}</b> …</div></div>`;
  }
  const { reason, also = [] } = why.value;
  return html`<div class=${'why ' + look(job).tone}><span class=${'state ' + look(job).tone}></span>
    <div><p><b>${question}</b> ${sentence(reason.text)}</p>
      ${also.map(one => html`<p>${sentence(one.text)}</p>`)}
      ${reason.whatNext ? html`<p class="next"><b>What ends it:</b> ${sentence(reason.whatNext)}</p>` : nothing}</div></div>`;
}

/** A sentence of the server; instants in it are shown in the zone of the viewer. */
function sentence(source) {
  const instants = source.match(INSTANT) ?? [];
  return source.split(INSTANT).map((piece, i) => html`${text(piece)}${instants[i] ? at(instants[i]) : nothing}`);
}
