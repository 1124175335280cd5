package io.headrace.engine.claim;

import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeaseBook;
import io.headrace.engine.settle.JobSettler;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/** What every claimer needs of its engine; {@code worker} says under which id the store knows it. */
public record ClaimTools(
        ClaimFlush claims,
        IdleMarks idleMarks,
        LongSupplier worker,
        LeaseBook book,
        Suspects suspects,
        JobSettler settler,
        PayloadBudget budget,
        PayloadReader reader,
        Poller poller,
        Scheduler scheduler,
        LoopGuard guard) {}
