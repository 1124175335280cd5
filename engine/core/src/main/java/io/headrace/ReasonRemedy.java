package io.headrace;

/** What ends a wait, in plain English. */
final class ReasonRemedy implements JobReason.Cases<String> {

    static final ReasonRemedy CASES = new ReasonRemedy();

    private ReasonRemedy() {}

    @Override
    public String notDue(JobReason.NotDue reason) {
        return "It becomes due at " + reason.runAt() + ".";
    }

    @Override
    public String waitsForRetry(JobReason.WaitsForRetry reason) {
        return "It becomes due at " + reason.runAt() + ".";
    }

    @Override
    public String waitsForSignal(JobReason.WaitsForSignal reason) {
        return "It becomes due when the signal is sent, or at " + reason.until() + ".";
    }

    @Override
    public String queuePaused(JobReason.QueuePaused reason) {
        return "Resume the queue.";
    }

    @Override
    public String noEngineOnQueue(JobReason.NoEngineOnQueue reason) {
        return "Start an engine that works on the queue, or check the name of the queue.";
    }

    @Override
    public String noEngineKnowsKind(JobReason.NoEngineKnowsKind reason) {
        return "Deploy an engine with a handler for the kind, or check the name of the kind.";
    }

    @Override
    public String enginesBusy(JobReason.EnginesBusy reason) {
        return "It starts once a handler is free and no job before it is due. If the queue keeps growing, raise the"
                + " concurrency or start more engines.";
    }

    @Override
    public String suspected(JobReason.Suspected reason) {
        return "It starts when its turn comes. Any outcome clears the suspicion. If it loses another process, it is"
                + " charged an attempt once it runs alone.";
    }

    @Override
    public String due(JobReason.Due reason) {
        return "It starts with one of the next claims, after the jobs that come before it. If it does not, look at the log of the engine: its payload budget"
                + " may be spent, or its threads blocked.";
    }

    @Override
    public String leased(JobReason.Leased reason) {
        return reason.silent()
                ? "The next sweep of a running engine returns it to its queue."
                : "Its handler ends it, or a sweep returns it to its queue after the deadline of the lease, "
                        + reason.deadline() + ".";
    }

    @Override
    public String completed(JobReason.Completed reason) {
        return "Nothing is left to do. Enqueue a new job to do the work again.";
    }

    @Override
    public String ended(JobReason.Ended reason) {
        return reason.state() == JobState.FAILED
                ? "Retry or discard it."
                : "It does not run again. Enqueue a new job to do the work.";
    }

    @Override
    public String pruned(JobReason.Pruned reason) {
        return "It cannot be retried any more. Enqueue a new job to do the work.";
    }

    @Override
    public String unknown(JobReason.Unknown reason) {
        return "Check the id, and commit the transaction that enqueues the job. A job that has completed is removed after"
                + " its retention.";
    }
}
