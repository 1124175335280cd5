package io.headrace.engine.operate;

import io.headrace.JobReason;

/** A reason without what {@link Withheld} withholds of the failure in it. */
final class WithheldReason implements JobReason.Cases<JobReason> {

    static final WithheldReason CASES = new WithheldReason();

    private WithheldReason() {}

    @Override
    public JobReason notDue(JobReason.NotDue reason) {
        return reason;
    }

    @Override
    public JobReason waitsForRetry(JobReason.WaitsForRetry reason) {
        return new JobReason.WaitsForRetry(reason.runAt(), reason.attempt(), Withheld.from(reason.lastFailure()));
    }

    @Override
    public JobReason waitsForSignal(JobReason.WaitsForSignal reason) {
        return reason;
    }

    @Override
    public JobReason queuePaused(JobReason.QueuePaused reason) {
        return reason;
    }

    @Override
    public JobReason noEngineOnQueue(JobReason.NoEngineOnQueue reason) {
        return reason;
    }

    @Override
    public JobReason noEngineKnowsKind(JobReason.NoEngineKnowsKind reason) {
        return reason;
    }

    @Override
    public JobReason enginesBusy(JobReason.EnginesBusy reason) {
        return reason;
    }

    @Override
    public JobReason suspected(JobReason.Suspected reason) {
        return reason;
    }

    @Override
    public JobReason due(JobReason.Due reason) {
        return reason;
    }

    @Override
    public JobReason leased(JobReason.Leased reason) {
        return reason;
    }

    @Override
    public JobReason completed(JobReason.Completed reason) {
        return reason;
    }

    @Override
    public JobReason ended(JobReason.Ended reason) {
        return new JobReason.Ended(reason.state(), reason.at(), reason.attempt(), Withheld.from(reason.last()));
    }

    @Override
    public JobReason pruned(JobReason.Pruned reason) {
        return reason;
    }

    @Override
    public JobReason unknown(JobReason.Unknown reason) {
        return reason;
    }
}
