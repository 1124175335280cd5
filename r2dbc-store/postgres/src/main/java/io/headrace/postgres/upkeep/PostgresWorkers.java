package io.headrace.postgres.upkeep;

import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.Fingerprint;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.NewWorker;
import io.headrace.spi.SweepReport;
import io.headrace.spi.Verdict;
import io.headrace.spi.WorkerRegistry;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Keeps the rows of workers, and takes the leases of those that are silent. */
public final class PostgresWorkers implements WorkerRegistry {

    /** Of one sweep, so that it does not go on for long. */
    private static final int MOST_STATEMENTS = 20;

    private static final long LEASE_EXPIRED = Fingerprint.number(
            Verdict.Failure.ofType(Verdict.Failure.LEASE_EXPIRED, null).fingerprint());

    private final String register;
    private final String heartbeat;
    private final String markIdle;
    private final String unregister;
    private final String sweep;
    private final Connections connections;
    private final ClaimCursors cursors;
    private final Mono<Void> schemaChecked;

    /**
     * Works over the connections given.
     *
     * @param schemaChecked errors if this version cannot work with the schema; no worker is registered then
     */
    public PostgresWorkers(
            Statements statements, Connections connections, ClaimCursors cursors, Mono<Void> schemaChecked) {
        this.register = statements.named("upkeep/register");
        this.heartbeat = statements.named("upkeep/heartbeat");
        this.markIdle = statements.named("upkeep/mark_idle");
        this.unregister = statements.named("upkeep/unregister");
        this.sweep = statements.named("upkeep/sweep");
        this.connections = connections;
        this.cursors = cursors;
        this.schemaChecked = schemaChecked;
    }

    @Override
    public Mono<Long> register(NewWorker worker) {
        Mono<Long> registered = connections
                .upkeep(register, statement -> bind(statement, worker), row -> Columns.number(row, "id"))
                .map(ids -> ids.get(0));
        return schemaChecked.then(registered).onErrorMap(SqlErrors::of);
    }

    private static Statement bind(Statement statement, NewWorker worker) {
        String[] queues = worker.queues().toArray(String[]::new);
        String[] kinds = worker.kinds() == null ? null : worker.kinds().toArray(String[]::new);
        Integer[] slots = worker.slots().isEmpty()
                ? null
                : Stream.of(queues).map(worker.slots()::get).toArray(Integer[]::new);
        return new Parameters(statement)
                .value(worker.name())
                .value(queues)
                .value(worker.expiry().toMillis())
                .value(worker.wasAway())
                .valueOrNull(kinds, String[].class)
                .valueOrNull(slots, Integer[].class)
                .textOrNull(worker.version())
                .statement();
    }

    @Override
    public Mono<HeartbeatReply> heartbeat(HeartbeatRequest request) {
        return connections
                .upkeep(
                        heartbeat,
                        statement -> statement
                                .bind(0, request.worker())
                                .bind(1, request.expiry().toMillis())
                                .bind(2, request.idleQueues().toArray(String[]::new))
                                .bind(3, request.leases().toArray(Long[]::new))
                                .bind(4, request.heeded().toArray(Long[]::new))
                                .bind(5, request.wasAway())
                                .bind(6, request.asksForSweep()),
                        PostgresWorkers::reply)
                .map(replies -> replies.get(0))
                .onErrorMap(SqlErrors::of);
    }

    private static HeartbeatReply reply(Readable row) {
        return new HeartbeatReply(
                Columns.flag(row, "known"),
                Set.of(Objects.requireNonNull(row.get("lost", Long[].class))),
                Set.of(Objects.requireNonNull(row.get("cancelled", Long[].class))),
                sweepIn(row.get("sweep_in_ms", Long.class)));
    }

    private static @Nullable Duration sweepIn(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(Math.max(0, millis));
    }

    @Override
    public Mono<Void> unregister(long worker) {
        return connections
                .upkeep(unregister, statement -> statement.bind(0, worker), row -> row)
                .doOnNext(done -> cursors.lookBack())
                .then()
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Void> markIdle(long worker, Set<String> queues) {
        return connections
                .work(
                        markIdle,
                        statement -> statement.bind(0, worker).bind(1, queues.toArray(String[]::new)),
                        row -> row)
                .then()
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<SweepReport> sweep(long worker) {
        return sweep(worker, MOST_STATEMENTS)
                .doOnNext(report -> {
                    if (!report.isIdle()) {
                        cursors.lookBack();
                    }
                })
                .onErrorMap(SqlErrors::of);
    }

    /** Again while there are keys to release, of which a statement takes some thousands. */
    private Mono<SweepReport> sweep(long worker, int most) {
        return connections
                .sweep(
                        sweep,
                        statement -> statement
                                .bind(0, worker)
                                .bind(1, Verdict.Failure.LEASE_EXPIRED)
                                .bind(2, LEASE_EXPIRED),
                        PostgresWorkers::swept)
                .map(all -> all.get(0))
                .flatMap(swept -> swept.hasMore() && most > 1
                        ? sweep(worker, most - 1).map(more -> sum(swept.report(), more))
                        : Mono.just(swept.report()));
    }

    /** What one statement did. */
    private record Swept(SweepReport report, boolean hasMore) {}

    private static Swept swept(Readable row) {
        return new Swept(
                new SweepReport(
                        Columns.number(row, "workers"),
                        Columns.number(row, "leases"),
                        Columns.number(row, "returned"),
                        Columns.number(row, "buried"),
                        Columns.flag(row, "orphans")),
                Columns.flag(row, "more_keys"));
    }

    private static SweepReport sum(SweepReport a, SweepReport b) {
        return new SweepReport(
                a.workers() + b.workers(),
                a.leases() + b.leases(),
                a.returned() + b.returned(),
                a.buried() + b.buried(),
                b.hasOrphans());
    }
}
