package io.headrace;

/**
 * The failure of an attempt whose handler completed, although the transaction in which it had called {@link Job#completeIn}
 * was rolled back. Since the effects are gone, the job is not completed; the retry policy decides.
 */
public final class CompletionRolledBackException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final JobId job;

    public CompletionRolledBackException(JobId job) {
        super(
                "Job " + job
                        + " is not completed: the transaction in which it was completed was rolled back. Let the error of"
                        + " the transaction reach the publisher of the handler",
                null);
        this.job = job;
    }

    public JobId job() {
        return job;
    }
}
