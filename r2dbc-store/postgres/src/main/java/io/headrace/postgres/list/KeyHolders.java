package io.headrace.postgres.list;

import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.JobSlice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The holders of a unique key: at most one for each kind, which is one slice. */
final class KeyHolders {

    private final String keyed;
    private final Connections connections;

    KeyHolders(Statements statements, Connections connections) {
        this.keyed = statements.named("list/keyed");
        this.connections = connections;
    }

    /** @param position beyond this job */
    Mono<JobSlice> slice(JobFilter filter, @Nullable String position, int most) {
        JobState state = Objects.requireNonNull(filter.state());
        long after = position == null ? 0 : Position.parse(position, 1).number(0);
        return connections
                .list(
                        keyed,
                        statement -> new Parameters(statement)
                                .value(Objects.requireNonNull(filter.uniqueKey()))
                                .textOrNull(filter.kind())
                                .textOrNull(filter.queue())
                                .value(state.name())
                                .statement(),
                        row -> new ItemRow(row, state)
                                .runAt("run_at")
                                .endedAt("ended_at")
                                .worker()
                                .error()
                                .item())
                .map(items -> items.stream()
                        .filter(item -> item.id().value() > after)
                        .map(item -> new Listed(item, Position.of(item.id().value())))
                        .toList())
                .map(found -> Listed.slice(found, most));
    }
}
