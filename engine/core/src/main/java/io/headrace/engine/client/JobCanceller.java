package io.headrace.engine.client;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.spi.JobDecisions;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Cancels jobs, for clients and for operators. Thread-safe. */
public final class JobCanceller {

    private final JobDecisions decisions;
    private final Runnable cancelledWhileLeased;

    /** @param cancelledWhileLeased is run when some worker, perhaps one of this process, has a job that was cancelled */
    public JobCanceller(JobDecisions decisions, Runnable cancelledWhileLeased) {
        this.decisions = decisions;
        this.cancelledWhileLeased = cancelledWhileLeased;
    }

    public Mono<CancelAnswer> cancel(JobId id) {
        return decisions.cancel(Objects.requireNonNull(id, "id")).doOnNext(answer -> {
            if (answer == CancelAnswer.CANCELLED_WHILE_LEASED) {
                cancelledWhileLeased.run();
            }
        });
    }
}
