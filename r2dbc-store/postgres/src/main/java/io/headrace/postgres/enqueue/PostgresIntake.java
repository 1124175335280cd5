package io.headrace.postgres.enqueue;

import io.headrace.Backoff;
import io.headrace.Enqueued;
import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.claim.KindTerms;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.signal.PostgresSignals;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.JobIntake;
import io.headrace.spi.JobTransaction;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Takes new jobs. */
public final class PostgresIntake implements JobIntake {

    /** Transactions that enqueue more than once, in any order, may deadlock; the one that PostgreSQL ends has done nothing. */
    private static final Retry DEADLOCKED =
            Backoff.fixed(Duration.ofMillis(20)).jitter(1).retry(10, SqlErrors::isDeadlock);

    /**
     * How long a statement waits for a unique key that somebody's transaction is about to take or give back. That is over in
     * milliseconds as a rule; if not, whoever wants that key has to be told apart from those who are in the same statement.
     */
    private static final Duration KEY_PATIENCE = Duration.ofMillis(30);

    /** The same where outcomes are recorded, which keeps their leases locked meanwhile. */
    private static final Duration FOLLOW_UP_PATIENCE = Duration.ofMillis(10);

    private final String enqueue;
    private final String enqueueSet;
    private final String enqueueKeyed;
    private final String enqueueOnTerms;
    private final String enqueueAndClaim;
    private final TransactionLeases transactionLeases;
    private final Connections connections;
    private final ClaimCursors cursors;
    private final PostgresSignals signals;

    /** @param signals those that are sent in a caller's transaction */
    public PostgresIntake(
            Statements statements, Connections connections, ClaimCursors cursors, PostgresSignals signals) {
        this.enqueue = statements.named("enqueue/enqueue");
        this.enqueueSet = statements.named("enqueue/enqueue_set");
        this.enqueueKeyed = statements.named("enqueue/enqueue_keyed");
        this.enqueueOnTerms = statements.named("enqueue/enqueue_on_terms");
        this.enqueueAndClaim = statements.named("enqueue/enqueue_and_claim");
        this.transactionLeases = new TransactionLeases(statements, cursors);
        this.connections = connections;
        this.cursors = cursors;
        this.signals = signals;
    }

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        if (jobs.isEmpty()) {
            return Mono.just(List.of());
        }
        List<List<EncodedJob>> blocks = EnqueueBlocks.of(jobs);
        Mono<List<Enqueued>> answers = blocks.size() == 1
                ? connections.work(channel -> write(channel, new EnqueueFlush(jobs, by, KEY_PATIENCE)))
                : connections.transaction(channel -> write(channel, jobs, blocks, by, KEY_PATIENCE));
        return answers.retryWhen(DEADLOCKED).onErrorMap(error -> EnqueueErrors.of(error, jobs, KEY_PATIENCE));
    }

    @Override
    public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return Mono.defer(() -> {
            request.requireTakes(jobs);
            EnqueueFlush flush = new EnqueueFlush(jobs, request.worker(), null);
            String[] floors = cursors.floors(request);
            return connections
                    .work(
                            enqueueAndClaim,
                            statement -> KindTerms.bind(flush.bind(statement), EnqueueFlush.KINDS, request)
                                    .bind(EnqueueFlush.FLOORS, floors),
                            flush::claimed)
                    .map(answers -> answers.get(0))
                    .onErrorMap(EnqueueErrors::of);
        });
    }

    /** A transaction of the caller's. How long a statement waits in it is the caller's to say. */
    public JobTransaction transaction(SqlChannel channel) {
        return new PostgresTransaction(channel, this, transactionLeases, signals);
    }

    /**
     * Enqueues what follows on outcomes, in the transaction that records them. That holds locks on their leases, so this waits
     * for a unique key only briefly.
     *
     * @param worker the worker whose jobs had these outcomes, which needs no wake-up; 0 if it does
     */
    public Mono<List<Enqueued>> enqueueFollowUps(SqlChannel channel, List<EncodedJob> jobs, long worker) {
        return write(channel, jobs, EnqueueBlocks.of(jobs), worker, FOLLOW_UP_PATIENCE)
                .onErrorMap(error -> EnqueueErrors.of(error, jobs, FOLLOW_UP_PATIENCE));
    }

    /** Enqueues in a transaction that somebody else ends. */
    public Mono<List<Enqueued>> enqueueIn(SqlChannel channel, List<EncodedJob> jobs, long by) {
        return write(channel, jobs, EnqueueBlocks.of(jobs), by, null)
                .onErrorMap(error -> EnqueueErrors.inTransaction(error, jobs));
    }

    private Mono<List<Enqueued>> write(
            SqlChannel channel,
            List<EncodedJob> jobs,
            List<List<EncodedJob>> blocks,
            long by,
            @Nullable Duration keyPatience) {
        if (blocks.size() > 1 && jobs.stream().anyMatch(job -> job.key() != null)) {
            KeyOrder order = new KeyOrder(jobs);
            return write(channel, EnqueueBlocks.of(order.jobs()), by, keyPatience)
                    .map(order::restore);
        }
        return write(channel, blocks, by, keyPatience);
    }

    private Mono<List<Enqueued>> write(
            SqlChannel channel, List<List<EncodedJob>> blocks, long by, @Nullable Duration keyPatience) {
        return Flux.fromIterable(blocks)
                .concatMap(block -> write(channel, new EnqueueFlush(block, by, keyPatience)))
                .collect(ArrayList::new, List::addAll);
    }

    private Mono<List<Enqueued>> write(SqlChannel channel, EnqueueFlush flush) {
        if (flush.isKeyed()) {
            return channel.rows(flush.isOnTerms() ? enqueueOnTerms : enqueueKeyed, flush::bind, EnqueueFlush::answer)
                    .map(flush::answers);
        }
        Mono<List<Long>> first = flush.isOneSet()
                ? channel.rows(enqueueSet, flush::bindSet, PostgresIntake::first)
                : channel.rows(enqueue, flush::bind, PostgresIntake::first);
        return first.map(ids -> flush.answers(ids.get(0).longValue()));
    }

    private static long first(Readable row) {
        return Columns.number(row, "first");
    }
}
