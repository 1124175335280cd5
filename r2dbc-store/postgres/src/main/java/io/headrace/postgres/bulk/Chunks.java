package io.headrace.postgres.bulk;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.WaitingJobs;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.operate.CancelReason;
import io.headrace.postgres.operate.FailedTombstones;
import io.headrace.postgres.operate.FailedTombstones.Decided;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.r2dbc.spi.Readable;
import java.util.List;
import reactor.core.publisher.Mono;

/** Carries out the next chunk of an operation whose row is locked, in the same transaction. */
final class Chunks {

    /** How many sets are looked at for one chunk. Most may be of other kinds. */
    private static final int MOST_SETS = 2_000;
    /** How often a cancel begins again because claims were under way. */
    private static final int MOST_PASSES = 5;

    private final String retryFailed;
    private final String discard;
    private final String cancelTied;
    private final String cancelWaiting;

    Chunks(Statements statements) {
        this.retryFailed = statements.named("operate/retry_failed");
        this.discard = statements.named("operate/discard");
        this.cancelTied = statements.named("bulk/cancel_tied");
        this.cancelWaiting = statements.named("bulk/cancel_waiting");
    }

    Mono<Chunk> next(SqlChannel channel, HeldOperation held) {
        return held.operation().action().fold(new BulkAction.Cases<>() {
            @Override
            public Mono<Chunk> retry(FailedJobs which) {
                return failed(channel, retryFailed, which, held);
            }

            @Override
            public Mono<Chunk> discard(FailedJobs which) {
                return failed(channel, discard, which, held);
            }

            @Override
            public Mono<Chunk> cancel(WaitingJobs which) {
                return tied(channel, which, held)
                        .filter(applied -> applied > 0)
                        .map(applied -> new Chunk(applied, held.operation().raced(), held.at(), held.pass(), false))
                        .switchIfEmpty(Mono.defer(() -> waiting(channel, which, held)));
            }
        });
    }

    private static Mono<Chunk> failed(SqlChannel channel, String statement, FailedJobs which, HeldOperation held) {
        return FailedTombstones.chunk(
                        channel,
                        statement,
                        held.next(which),
                        held.at().job(),
                        held.operation().startedAt())
                .map(decided -> failed(decided, held));
    }

    private static Chunk failed(Decided decided, HeldOperation held) {
        List<JobId> ids = held.nextIds();
        long looked = ids == null ? decided.matched() : ids.size();
        boolean isLast = looked < FailedTombstones.CHUNK;
        long last = ids == null || ids.isEmpty()
                ? decided.last()
                : ids.get(ids.size() - 1).value();
        return new Chunk(
                decided.applied(),
                held.operation().raced() + decided.raced(),
                isLast ? held.at() : held.at().withJob(last),
                held.pass(),
                isLast);
    }

    /** How many jobs it has cancelled of one moment, for which too many wait. Those that are left have the place as before. */
    private Mono<Long> tied(SqlChannel channel, WaitingJobs which, HeldOperation held) {
        return channel.rows(
                        cancelTied,
                        statement -> CancelReason.bind(new Parameters(statement)
                                        .textOrNull(which.queue())
                                        .value(held.at().queue())
                                        .value(held.at().priority())
                                        .value(held.at().runAt())
                                        .value(MOST_SETS)
                                        .textOrNull(which.kind())
                                        .value(held.before())
                                        .value(FailedTombstones.CHUNK))
                                .statement(),
                        row -> Columns.number(row, "applied"))
                .map(counts -> counts.get(0));
    }

    private Mono<Chunk> waiting(SqlChannel channel, WaitingJobs which, HeldOperation held) {
        return channel.rows(
                        cancelWaiting,
                        statement -> CancelReason.bind(held.at()
                                        .bind(new Parameters(statement).textOrNull(which.queue()))
                                        .value(MOST_SETS)
                                        .textOrNull(which.kind())
                                        .value(held.before())
                                        .value(FailedTombstones.CHUNK))
                                .statement(),
                        row -> waiting(row, held))
                .map(rows -> rows.get(0));
    }

    /** A set that a claim had locked may be back in part: at the end all begins again, unless nothing raced. */
    private static Chunk waiting(Readable row, HeldOperation held) {
        long applied = Columns.number(row, "applied");
        long raced = held.operation().raced() + Columns.number(row, "matched") - applied;
        if (Columns.flag(row, "more")) {
            return new Chunk(applied, raced, place(row), held.pass(), false);
        }
        return raced > 0 && held.pass() < MOST_PASSES
                ? new Chunk(applied, 0, Place.START, held.pass() + 1, false)
                : new Chunk(applied, raced, held.at(), held.pass(), true);
    }

    private static Place place(Readable row) {
        return new Place(
                Columns.number(row, "first"),
                Columns.text(row, "queue"),
                Columns.integer(row, "priority"),
                Columns.time(row, "run_at"));
    }
}
