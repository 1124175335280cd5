package io.headrace;

/**
 * Thrown when a handler does something in an attempt that has already ended, such as to run a step, or after it has completed
 * the job in a transaction. Everything that belongs to
 * an attempt must be part of the handler's publisher, so that it completes before the publisher does. Nothing was recorded.
 */
public final class AttemptEndedException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    /** @param what names what came too late, such as {@code step 'charge'} */
    public AttemptEndedException(JobId job, String what) {
        super(
                what + " of job " + job
                        + " came after the end of its attempt. Make it a part of the handler's publisher,"
                        + " which must not complete before it",
                null);
    }
}
