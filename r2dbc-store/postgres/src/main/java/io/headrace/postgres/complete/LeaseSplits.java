package io.headrace.postgres.complete;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.IdSet;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.LeasedPart;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Gives jobs leases of their own, by one statement for all that ask together. Thread-safe. */
public final class LeaseSplits {

    private final String split;
    private final Connections connections;

    public LeaseSplits(Statements statements, Connections connections) {
        this.split = statements.named("complete/split");
        this.connections = connections;
    }

    /** As {@link io.headrace.spi.LeaseStore#split} says. */
    public Mono<List<Long>> split(long worker, List<LeasedPart> parts) {
        return Mono.defer(() -> connections
                        .work(split, statement -> bind(statement, worker, byLease(parts)), Alone::of)
                        .map(rows -> answer(parts, rows)))
                .onErrorMap(SqlErrors::of);
    }

    private static Map<Long, IdSet> byLease(List<LeasedPart> parts) {
        Map<Long, IdSet> byLease = new LinkedHashMap<>();
        Set<Long> named = new HashSet<>();
        for (LeasedPart part : parts) {
            if (named.add(part.job())) {
                byLease.computeIfAbsent(part.lease(), lease -> new IdSet()).add(part.job());
            }
        }
        return byLease;
    }

    private static Statement bind(Statement statement, long worker, Map<Long, IdSet> byLease) {
        return new Parameters(statement)
                .value(worker)
                .longs(List.copyOf(byLease.keySet()), lease -> lease)
                .texts(List.copyOf(byLease.values()), IdSet::text)
                .statement();
    }

    /** A job that is named again is not found again. */
    private static List<Long> answer(List<LeasedPart> parts, List<Alone> rows) {
        Map<Long, Long> leases = rows.stream().collect(Collectors.toMap(Alone::job, Alone::lease));
        return parts.stream()
                .map(part -> {
                    Long lease = leases.remove(part.job());
                    return lease == null ? 0L : lease;
                })
                .toList();
    }

    private record Alone(long job, long lease) {
        static Alone of(Readable row) {
            return new Alone(Columns.number(row, "job"), Columns.number(row, "lease"));
        }
    }
}
