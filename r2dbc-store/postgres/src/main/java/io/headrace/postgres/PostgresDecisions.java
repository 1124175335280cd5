package io.headrace.postgres;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.RetryReport;
import io.headrace.spi.JobDecisions;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What people decide. Tombstones are decided about in chunks, so that neither a lock nor a buffer grows with their number. */
final class PostgresDecisions implements JobDecisions {

    private static final int CHUNK = 250;
    private static final int PRUNED_AT_ONCE = 100;
    private static final int CANCEL_TRIES = 10;
    private static final String REASON = "cancelled by request";

    private final Statements sql;
    private final Connections connections;
    private final PostgresInspector inspector;
    private final Segments segments;
    private volatile Instant prunedUpTo = Instant.EPOCH;

    PostgresDecisions(Statements sql, Connections connections, PostgresInspector inspector) {
        this.sql = sql;
        this.connections = connections;
        this.inspector = inspector;
        this.segments = new Segments(sql, connections);
    }

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        return Mono.defer(() -> cancelOnce(id))
                .repeatWhenEmpty(CANCEL_TRIES, again -> again)
                .onErrorMap(SqlErrors::of);
    }

    /** Empty if the job was on its way from one place to another, so that the statement found it in neither. */
    private Mono<CancelAnswer> cancelOnce(JobId id) {
        return connections
                .work(
                        sql.cancel(),
                        statement -> statement.bind(0, id.value()).bind(1, REASON),
                        row -> Columns.flag(row, "leased")
                                ? CancelAnswer.CANCELLED_WHILE_LEASED
                                : CancelAnswer.CANCELLED)
                .flatMap(answers -> answers.isEmpty() ? notCancelled(id) : Mono.just(answers.get(0)));
    }

    private Mono<CancelAnswer> notCancelled(JobId id) {
        return inspector
                .state(id)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(state -> {
                    if (state.isEmpty()) {
                        return Mono.just(CancelAnswer.UNKNOWN);
                    }
                    return state.get().isLive() ? Mono.empty() : Mono.just(CancelAnswer.TOO_LATE);
                });
    }

    @Override
    public Mono<Void> pause(String queue) {
        return connections
                .work(sql.pause(), statement -> statement.bind(0, queue), row -> row)
                .then()
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Void> resume(String queue) {
        return connections
                .work(sql.resume(), statement -> statement.bind(0, queue), row -> row)
                .then()
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<RetryReport> retryFailed(FailedJobs which) {
        return decide(sql.retryFailed(), which)
                .map(d -> new RetryReport(d.matched, d.applied, d.matched - d.applied, d.pruned));
    }

    @Override
    public Mono<DiscardReport> discard(FailedJobs which) {
        return decide(sql.discard(), which)
                .map(d -> new DiscardReport(d.matched, d.applied, d.matched - d.applied, d.pruned));
    }

    private Mono<Decided> decide(String statement, FailedJobs which) {
        return Flux.fromIterable(chunks(which))
                .concatMap(chunk -> decideAll(statement, chunk))
                .reduce(Decided.NOTHING, Decided::plus)
                .onErrorMap(SqlErrors::of);
    }

    /** Ids are cut into chunks here; of a kind or queue the statement takes the next chunk until there is none. */
    private static List<FailedJobs> chunks(FailedJobs which) {
        Set<JobId> named = Selector.of(which).ids();
        if (named == null) {
            return List.of(which);
        }
        List<JobId> ids = named.stream().sorted().toList();
        List<FailedJobs> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            chunks.add(FailedJobs.byId(ids.subList(from, Math.min(ids.size(), from + CHUNK))));
        }
        return chunks;
    }

    private Mono<Decided> decideAll(String statement, FailedJobs which) {
        return chunk(statement, which, -1)
                .expand(done -> done.matched < CHUNK ? Mono.empty() : chunk(statement, which, done.last))
                .reduce(Decided.NOTHING, Decided::plus)
                .zipWith(pruned(which), Decided::withPruned);
    }

    private Mono<Decided> chunk(String statement, FailedJobs which, long beyond) {
        return connections
                .work(
                        statement,
                        bound -> bindSelector(bound, which).bind(3, beyond).bind(4, CHUNK),
                        Decided::of)
                .map(rows -> rows.get(0));
    }

    private static Statement bindSelector(Statement statement, FailedJobs which) {
        Selector selector = Selector.of(which);
        Set<JobId> ids = selector.ids();
        Statement bound = ids == null
                ? statement.bindNull(0, Long[].class)
                : statement.bind(0, ids.stream().map(JobId::value).toArray(Long[]::new));
        return bindNames(bound, selector);
    }

    private static Statement bindNames(Statement statement, Selector selector) {
        return statement.bind(1, textOrNull(selector.kind())).bind(2, textOrNull(selector.queue()));
    }

    /** Which tombstones are meant, as statements take it: one of the three. */
    private record Selector(
            @Nullable Set<JobId> ids,
            @Nullable String kind,
            @Nullable String queue) {

        private static final FailedJobs.Cases<Selector> CASES = new FailedJobs.Cases<>() {
            @Override
            public Selector byId(Set<JobId> ids) {
                return new Selector(ids, null, null);
            }

            @Override
            public Selector ofKind(String kind) {
                return new Selector(null, kind, null);
            }

            @Override
            public Selector inQueue(String queue) {
                return new Selector(null, null, queue);
            }
        };

        static Selector of(FailedJobs which) {
            return which.fold(CASES);
        }
    }

    private static Object textOrNull(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : text;
    }

    private Mono<Long> pruned(FailedJobs which) {
        Selector selector = Selector.of(which);
        String these = selector.ids() == null ? null : setOf(selector.ids());
        return connections
                .work(
                        sql.countPruned(),
                        statement -> bindNames(statement.bind(0, textOrNull(these)), selector),
                        row -> Columns.number(row, "pruned"))
                .map(counts -> counts.get(0));
    }

    private static String setOf(Set<JobId> jobs) {
        IdSet ids = new IdSet();
        jobs.forEach(id -> ids.add(id.value()));
        return ids.text();
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return connections
                .work(
                        sql.prune(),
                        statement -> statement
                                .bind(0, retention.toMillis())
                                .bind(1, PRUNED_AT_ONCE)
                                .bind(2, prunedUpTo.toString()),
                        this::pruned)
                .map(counts -> counts.get(0))
                .onErrorMap(SqlErrors::of);
    }

    /** The next chunk begins where this one ended; after an empty one, at the oldest again: some may have been passed by. */
    private long pruned(Readable row) {
        prunedUpTo = Objects.requireNonNullElse(row.get("reached", Instant.class), Instant.EPOCH);
        return Columns.number(row, "pruned");
    }

    /** The next prune begins at the oldest. */
    void lookBack() {
        prunedUpTo = Instant.EPOCH;
    }

    @Override
    public Mono<Long> pruneCompleted(Duration retention) {
        return segments.tidy(retention).onErrorMap(SqlErrors::of);
    }

    private record Decided(long matched, long applied, long last, long pruned) {

        static final Decided NOTHING = new Decided(0, 0, -1, 0);

        static Decided of(Readable row) {
            Long last = row.get("last", Long.class);
            return new Decided(
                    Columns.number(row, "matched"), Columns.number(row, "applied"), last == null ? -1 : last, 0);
        }

        Decided plus(Decided other) {
            return new Decided(
                    matched + other.matched,
                    applied + other.applied,
                    Math.max(last, other.last),
                    pruned + other.pruned);
        }

        Decided withPruned(long count) {
            return new Decided(matched, applied, last, count);
        }
    }
}
