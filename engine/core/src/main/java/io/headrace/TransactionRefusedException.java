package io.headrace;

/**
 * Thrown when {@link Job#completeIn} or {@link Job#stepIn} cannot record anything in the transaction that it was given. Nothing
 * was recorded; roll back the transaction.
 */
public final class TransactionRefusedException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final JobId job;
    private final Reason reason;

    /** Why nothing was recorded. */
    public enum Reason {
        /** The connection is not in a transaction, so the record would not be atomic with anything. */
        NO_TRANSACTION(
                "the connection is not in a transaction. Begin one, and do this before you commit or roll it back"),
        /** The connection belongs to another database, or to one in which the jobs are in another schema. */
        OTHER_DATABASE(
                "the connection does not see this engine's jobs. Use a connection to the database of its store, and the schema"
                        + " of its store"),
        /** In REPEATABLE READ and SERIALIZABLE, the snapshot of the transaction is older than the lease of the job. */
        OLD_SNAPSHOT(
                "the snapshot of this REPEATABLE READ or SERIALIZABLE transaction is older than the job's lease. Call"
                        + " prepareTransaction before you begin the transaction"),
        /** The job was completed in a transaction that is open or was committed. */
        ALREADY_COMPLETED(
                "the job was completed in a transaction that is still open or was committed. Call completeIn once for each"
                        + " transaction, and roll back before you try again"),
        /** The step was recorded in a transaction that is open, perhaps this one. */
        ALREADY_RECORDED(
                "a transaction that is still open has recorded it. Give each step a name of its own, such as 'page 7' in a"
                        + " loop, and commit or roll back before you try again"),
        /** Another call is on its way. */
        UNDER_WAY("another call of completeIn or prepareTransaction is on its way. Call them one after the other"),
        /** The attempt has ended. */
        ATTEMPT_OVER(
                "its attempt has ended, and its outcome is recorded. Let the publisher of the handler complete after"
                        + " completeIn and the commit"),
        /** The outcome does not complete the job. */
        OTHER_OUTCOME("only an outcome that completes the job can be recorded in a transaction: JobOutcome.complete or"
                + " completeThen. Emit any other outcome from the handler"),
        /** The transaction was not created by a store that records in transactions of handlers. */
        NOT_SUPPORTED("the store that created this transaction records nothing of jobs in it");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    /** The job was not completed. */
    public TransactionRefusedException(JobId job, Reason reason) {
        super("Job " + job + " was not completed: " + reason.text, null);
        this.job = job;
        this.reason = reason;
    }

    /** A step of the job was not recorded. */
    public TransactionRefusedException(JobId job, String step, Reason reason) {
        super("Step '" + step + "' of job " + job + " was not recorded: " + reason.text, null);
        this.job = job;
        this.reason = reason;
    }

    public JobId job() {
        return job;
    }

    public Reason reason() {
        return reason;
    }
}
