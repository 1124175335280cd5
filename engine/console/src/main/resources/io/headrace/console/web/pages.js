// The pages by the name that they have in the address. Each is a function of the parameters of the address.
import { overview } from './pages/overview.js';
import { queues } from './pages/queues.js';
import { jobs } from './pages/jobs.js';
import { job } from './pages/job.js';
import { failures } from './pages/failures.js';
import { schedules } from './pages/schedules.js';
import { schedule } from './pages/schedule.js';
import { engines } from './pages/engines.js';
import { database } from './pages/database.js';
import { audit } from './pages/audit.js';
import { log } from './pages/log.js';
import { operations } from './pages/operations.js';
import { signals } from './pages/signals.js';
import { html } from './lit.js';
import { empty } from './parts/blocks.js';

function missing() {
  return {
    title: 'No such page',
    view: () => html`<h1 tabindex="-1">No such page</h1>
      ${empty('The address names no page of this console.', html`<a href="./">To the overview</a>`)}`,
  };
}

export const pages = {
  overview, queues, jobs, job, failures, schedules, schedule, engines, database, audit, log, operations, signals, missing,
};
