package io.headrace.engine.result;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.spi.JobEnd;
import io.headrace.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** What a verdict that was recorded means to those who await its job. */
final class LocalEnd implements Verdict.Cases<Runnable> {

    private final Awaits awaits;
    private final JobId id;
    private final int attempt;

    LocalEnd(Awaits awaits, JobId id, int attempt) {
        this.awaits = awaits;
        this.id = id;
        this.attempt = attempt;
    }

    @Override
    public Runnable completed() {
        return completed(null);
    }

    @Override
    public Runnable completedWith(Verdict.CompletedWith verdict) {
        return completed(verdict.result());
    }

    private Runnable completed(@Nullable String result) {
        JobUpdate update = new JobUpdate(id, JobState.COMPLETED, attempt, null, null, null);
        return () -> awaits.ended(new JobEnd(update, result));
    }

    @Override
    public Runnable awaiting(Verdict.Awaiting verdict) {
        return LocalEnd::goesOn;
    }

    private static void goesOn() {}

    @Override
    public Runnable retried(Verdict.Retried verdict) {
        return LocalEnd::goesOn;
    }

    @Override
    public Runnable snoozed(Verdict.Snoozed verdict) {
        return LocalEnd::goesOn;
    }

    @Override
    public Runnable released() {
        return LocalEnd::goesOn;
    }

    /** When it failed is known to the store alone. */
    @Override
    public Runnable failed(Verdict.Failed verdict) {
        return () -> awaits.mayHaveEnded(id);
    }

    @Override
    public Runnable cancelled(Verdict.Cancelled verdict) {
        return () -> awaits.mayHaveEnded(id);
    }
}
