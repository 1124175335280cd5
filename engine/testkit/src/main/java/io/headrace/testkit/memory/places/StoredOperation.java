package io.headrace.testkit.memory.places;

import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One bulk operation, how far it is and whose it is. Guarded by the store's lock. */
public final class StoredOperation {

    private final long id;
    private final BulkAction action;
    private final String startedBy;
    private final Instant startedAt;
    private final long lastJob;
    private BulkState state = BulkState.RUNNING;
    private long runner;
    private Instant expiresAt;
    private long cursor;
    private long done;
    private long pruned;
    private @Nullable Instant endedAt;

    /** @param lastJob the latest job at the moment at which it is started */
    public StoredOperation(long id, BulkAction action, String startedBy, Instant startedAt, long lastJob) {
        this.id = id;
        this.action = action;
        this.startedBy = startedBy;
        this.startedAt = startedAt;
        this.lastJob = lastJob;
        this.expiresAt = startedAt;
    }

    public BulkAction action() {
        return action;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public long lastJob() {
        return lastJob;
    }

    public BulkState state() {
        return state;
    }

    /** The last job that it has looked at. */
    public long cursor() {
        return cursor;
    }

    public boolean isHeldBy(long by) {
        return !state.isEnded() && runner == by;
    }

    public boolean isOrphaned(Instant now) {
        return !state.isEnded() && expiresAt.isBefore(now);
    }

    /** When it is orphaned unless somebody goes on with it; {@code null} if it has ended. */
    public @Nullable Instant expiresAt() {
        return state.isEnded() ? null : expiresAt;
    }

    public boolean endedBefore(Instant moment) {
        return endedAt != null && endedAt.isBefore(moment);
    }

    public void hold(long by, Instant now, Duration lease) {
        runner = by;
        expiresAt = now.plus(lease);
    }

    public void advance(long to, long jobs) {
        cursor = to;
        done += jobs;
    }

    public void askToStop() {
        state = state == BulkState.RUNNING ? BulkState.STOPPING : state;
    }

    /** Ends it, as done unless it was asked to stop. */
    public void end(Instant now, long prunedBefore) {
        state = state == BulkState.STOPPING ? BulkState.STOPPED : BulkState.DONE;
        endedAt = now;
        pruned = prunedBefore;
    }

    public BulkOperation snapshot() {
        return new BulkOperation(
                Long.toString(id), action, state, done, done, 0, pruned, startedBy, startedAt, endedAt);
    }
}
