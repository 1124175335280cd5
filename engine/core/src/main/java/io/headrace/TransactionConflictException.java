package io.headrace;

import java.util.List;

/**
 * Thrown when an enqueue in the caller's transaction, in REPEATABLE READ or SERIALIZABLE, has no correct answer,
 * because another transaction changed data that the snapshot does not show. For a unique key, this means that another
 * job took the key after the snapshot, and this transaction cannot see which one. For a throttle or a debounce, another
 * job was enqueued with the same key, or the snapshot is older than the period of the throttle. The transaction can no longer be
 * committed: roll it back and run all of it again, with a new snapshot. This does not happen in READ COMMITTED.
 */
public final class TransactionConflictException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final List<String> keys;

    /** @param keys the keys in the call; empty if its jobs have none */
    public TransactionConflictException(List<String> keys, StoreException cause) {
        super(
                "A concurrent transaction made a change that this transaction's snapshot does not include"
                        + (keys.isEmpty() ? "" : ", possibly to one of the keys " + UniqueKeyBusyException.shown(keys))
                        + ". Nothing was enqueued: roll back this transaction and run it again",
                true,
                cause.sqlState(),
                cause);
        this.keys = List.copyOf(keys);
    }

    /** The keys in the call, in the order of its jobs. */
    public List<String> keys() {
        return keys;
    }
}
