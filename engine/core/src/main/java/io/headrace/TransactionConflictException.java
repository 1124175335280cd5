package io.headrace;

import java.util.List;

/**
 * A transaction of the caller's, in REPEATABLE READ or SERIALIZABLE, cannot be answered: another transaction has changed
 * what its snapshot does not show. For a unique key this means that somebody else's job took the key after the snapshot, and
 * that this transaction could not see who. The transaction can no longer be committed: roll it back and run all of it again,
 * with a new snapshot. In READ COMMITTED this does not happen.
 */
public final class TransactionConflictException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final List<String> keys;

    /** @param keys the unique keys that the call asked for; empty if its jobs have none */
    public TransactionConflictException(List<String> keys, StoreException cause) {
        super(
                "another transaction has changed what this one's snapshot does not show"
                        + (keys.isEmpty()
                                ? ""
                                : ", perhaps who has one of the unique keys " + UniqueKeyBusyException.shown(keys))
                        + ": nothing was enqueued; roll this transaction back and run all of it again",
                true,
                cause.sqlState(),
                cause);
        this.keys = List.copyOf(keys);
    }

    /** The unique keys that the call asked for, in the order of its jobs. */
    public List<String> keys() {
        return keys;
    }
}
