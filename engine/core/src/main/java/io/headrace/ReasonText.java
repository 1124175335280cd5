package io.headrace;

import java.util.Locale;

/** Reasons in plain English. */
final class ReasonText implements JobReason.Cases<String> {

    static final ReasonText CASES = new ReasonText();

    private ReasonText() {}

    @Override
    public String notDue(JobReason.NotDue reason) {
        return "It is not due before " + reason.runAt() + ".";
    }

    @Override
    public String waitsForRetry(JobReason.WaitsForRetry reason) {
        return "It waits until " + reason.runAt() + " for attempt " + reason.attempt() + ". "
                + failure(reason.lastFailure());
    }

    @Override
    public String waitsForSignal(JobReason.WaitsForSignal reason) {
        return "It waits for the signal '" + reason.key() + "' until " + reason.until() + ".";
    }

    @Override
    public String queuePaused(JobReason.QueuePaused reason) {
        return "The queue '" + reason.queue() + "' has been paused since " + reason.since() + ".";
    }

    @Override
    public String noEngineOnQueue(JobReason.NoEngineOnQueue reason) {
        return "No running engine works on the queue '" + reason.queue() + "'.";
    }

    @Override
    public String noEngineKnowsKind(JobReason.NoEngineKnowsKind reason) {
        return (reason.engines() == 1
                        ? "The only running engine on the queue '" + reason.queue() + "' has no handler for the kind '"
                        : "None of the " + reason.engines() + " running engines on the queue '" + reason.queue()
                                + "' has a handler for the kind '")
                + reason.kind()
                + "'.";
    }

    @Override
    public String enginesBusy(JobReason.EnginesBusy reason) {
        return "All handlers for the queue '" + reason.queue() + "' are busy: " + engines(reason.engines()) + " run "
                + reason.slots() + " jobs at once and hold " + reason.leased() + ".";
    }

    @Override
    public String suspected(JobReason.Suspected reason) {
        return reason.alone()
                ? "The process that ran it was lost, more than once, so an engine runs it only while it has no other"
                        + " such job."
                : "The process that ran it was lost, so it runs together with few other jobs.";
    }

    @Override
    public String due(JobReason.Due reason) {
        return "It has been due since " + reason.since() + ". " + engines(reason.engines())
                + (reason.engines() == 1
                        ? " can run it and has free handlers."
                        : " can run it and have free handlers.");
    }

    @Override
    public String leased(JobReason.Leased reason) {
        String by = "Attempt " + reason.attempt() + " was leased by worker " + reason.worker()
                + (reason.engine() == null ? "" : " of engine '" + reason.engine() + "'") + " at " + reason.since()
                + ".";
        return reason.silent() ? by + " The worker is silent: its process has died or cannot reach the database." : by;
    }

    @Override
    public String completed(JobReason.Completed reason) {
        return "It has completed.";
    }

    @Override
    public String ended(JobReason.Ended reason) {
        if (reason.state() == JobState.CANCELLED) {
            return "It was cancelled at " + reason.at() + message(reason.last()) + ".";
        }
        return (reason.state() == JobState.DISCARDED ? "It was discarded. " : "It has failed. ")
                + failure(reason.last());
    }

    @Override
    public String pruned(JobReason.Pruned reason) {
        return "It ended as " + reason.state().name().toLowerCase(Locale.ROOT)
                + " and was removed after its retention.";
    }

    @Override
    public String unknown(JobReason.Unknown reason) {
        return "There is no job with this id.";
    }

    private static String failure(AttemptFailure failure) {
        return "Attempt " + failure.attempt() + " failed at " + failure.at() + " with " + failure.errorType()
                + message(failure) + ".";
    }

    private static String message(AttemptFailure failure) {
        return failure.message() == null ? "" : ": " + failure.message();
    }

    private static String engines(int count) {
        return count == 1 ? "1 engine" : count + " engines";
    }
}
