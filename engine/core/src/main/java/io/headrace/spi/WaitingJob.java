package io.headrace.spi;

import io.headrace.AttemptFailure;
import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pending job, with what decides why it waits. Every store explains a wait by this, so that all give the same answer.
 *
 * @param attempt how many attempts have been charged
 * @param isDue whether it is due by the clock of the store
 * @param lastFailure its last failure, without the stack trace, if it has any
 * @param awaits the key of the signal for which it waits, if it waits for one
 */
public record WaitingJob(
        String queue,
        String kind,
        int attempt,
        Instant runAt,
        boolean isDue,
        Suspicion suspicion,
        @Nullable AttemptFailure lastFailure,
        @Nullable String awaits) {

    /**
     * Explains why the job waits: first for its time, then for its queue, for an engine, and for its turn.
     *
     * @param pausedSince when its queue was paused, or {@code null} if it is not paused
     */
    public JobExplanation explain(JobId id, @Nullable Instant pausedSince, EnginesOnQueue engines) {
        List<JobReason> reasons = new ArrayList<>();
        if (!isDue) {
            reasons.add(
                    awaits != null
                            ? new JobReason.WaitsForSignal(awaits, runAt)
                            : attempt > 0 && lastFailure != null
                                    ? new JobReason.WaitsForRetry(runAt, attempt + 1, lastFailure)
                                    : new JobReason.NotDue(runAt));
        }
        if (pausedSince != null) {
            reasons.add(new JobReason.QueuePaused(queue, pausedSince));
        }
        if (engines.live() == 0) {
            reasons.add(new JobReason.NoEngineOnQueue(queue));
        } else if (engines.able() == 0) {
            reasons.add(new JobReason.NoEngineKnowsKind(queue, kind, engines.live()));
        } else if (isDue && engines.full() == engines.able()) {
            reasons.add(new JobReason.EnginesBusy(queue, engines.able(), engines.leased(), engines.slots()));
        }
        if (suspicion != Suspicion.NONE) {
            reasons.add(new JobReason.Suspected(suspicion == Suspicion.STRONG));
        }
        return reasons.isEmpty()
                ? JobExplanation.of(id, new JobReason.Due(runAt, engines.able()))
                : new JobExplanation(id, reasons.get(0), reasons.subList(1, reasons.size()));
    }
}
