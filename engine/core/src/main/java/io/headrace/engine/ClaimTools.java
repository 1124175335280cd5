package io.headrace.engine;

import io.headrace.spi.JobStore;
import reactor.core.scheduler.Scheduler;

/** What every claimer needs of its engine. */
record ClaimTools(
        JobStore store,
        LeaseBook book,
        Suspects suspects,
        JobSettler settler,
        Registration registration,
        PayloadBudget budget,
        PayloadReader reader,
        Scheduler scheduler,
        LoopGuard guard) {}
