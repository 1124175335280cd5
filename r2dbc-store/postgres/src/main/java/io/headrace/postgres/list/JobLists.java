package io.headrace.postgres.list;

import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.JobSlice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Lists jobs, each state in its own way. Thread-safe. */
public final class JobLists {

    private final LeasedJobs leased;
    private final WaitingJobs waiting;
    private final Tombstones tombstones;
    private final CompletedJobs completed;
    private final KeyHolders keyHolders;

    public JobLists(Statements statements, Connections connections) {
        this.leased = new LeasedJobs(statements, connections);
        this.waiting = new WaitingJobs(statements, connections);
        this.tombstones = new Tombstones(statements, connections);
        this.completed = new CompletedJobs(statements, connections);
        this.keyHolders = new KeyHolders(statements, connections);
    }

    /** A slice, see {@link io.headrace.spi.JobInspector#jobs}. */
    public Mono<JobSlice> slice(JobFilter filter, @Nullable String position, int most) {
        return Mono.defer(() -> bounded(filter, position, most)).onErrorMap(SqlErrors::of);
    }

    private Mono<JobSlice> bounded(JobFilter filter, @Nullable String position, int most) {
        JobState state = Objects.requireNonNull(filter.state(), "state");
        boolean isHeld = state.isLive() || state == JobState.FAILED || state == JobState.COMPLETED;
        if (filter.uniqueKey() != null && filter.fingerprint() == null && isHeld) {
            return keyHolders.slice(filter, position, most);
        }
        return switch (state) {
            case LEASED -> leased.slice(filter, position, most);
            case PENDING -> waiting.slice(filter, position, most);
            case COMPLETED -> completed.slice(filter, position, most);
            case FAILED, CANCELLED, DISCARDED -> tombstones.slice(filter, position, most);
        };
    }
}
