package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an awaited job ended without completing: it failed, or was cancelled or discarded. It has no result. If an operator
 * retries a failed job, it can be awaited again.
 */
public final class JobNotCompletedException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final JobId job;
    private final JobState state;
    private final transient @Nullable AttemptFailure failure;

    /** @param failure its last failure, or why it was cancelled, if that is known */
    public JobNotCompletedException(JobId job, JobState state, @Nullable AttemptFailure failure) {
        super(text(job, state, failure), null);
        this.job = job;
        this.state = state;
        this.failure = failure;
    }

    private static String text(JobId job, JobState state, @Nullable AttemptFailure failure) {
        String ended = "job " + job + (state == JobState.FAILED ? " has failed" : " was " + word(state));
        String why = failure == null ? "" : ": " + cause(failure);
        return ended + why + ". It has no result"
                + (state == JobState.FAILED ? " unless it is retried (JobOperator.retryFailed)" : "");
    }

    private static String word(JobState state) {
        return state == JobState.DISCARDED ? "discarded after it had failed" : "cancelled";
    }

    private static String cause(AttemptFailure failure) {
        String type = failure.errorType().substring(failure.errorType().lastIndexOf('.') + 1);
        return failure.message() == null ? type : type + ": " + failure.message();
    }

    /** The job that was awaited. */
    public JobId job() {
        return job;
    }

    /** How it ended: {@link JobState#FAILED}, {@link JobState#CANCELLED} or {@link JobState#DISCARDED}. */
    public JobState state() {
        return state;
    }

    /** Its last failure, or why it was cancelled, without a stack trace; {@code null} if that is not known. */
    public @Nullable AttemptFailure failure() {
        return failure;
    }
}
