package io.headrace.postgres;

import io.headrace.Backoff;
import io.headrace.Enqueued;
import io.headrace.InvalidSettingException;
import io.headrace.StoreException;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobIntake;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import io.headrace.spi.Suspicion;
import io.headrace.spi.SweepReport;
import io.headrace.spi.WorkerRegistry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Jobs in PostgreSQL 15 or newer, over r2dbc-postgresql. Thread-safe; signals arrive on the driver's event loop, which
 * must not be blocked. One store serves one engine and any number of clients.
 *
 * <p>It has connections of its own, apart from those of the app, opened as they are needed: see
 * {@link Builder#maxConnections(int)}. The schema is not made here: see {@link PostgresMigrations}.
 */
public final class PostgresJobStore implements JobStore {

    /** Those of a transaction that enqueues more than once, in any order, may; the one that PostgreSQL ends has done nothing. */
    private static final Retry DEADLOCKED =
            Backoff.fixed(Duration.ofMillis(20)).jitter(1).retry(10, SqlErrors::isDeadlock);

    /**
     * How long a statement waits for a unique key that somebody's transaction is about to take or give back. That is over in
     * milliseconds as a rule; if not, whoever wants that key has to be told apart from those who are in the same statement.
     */
    private static final Duration KEY_PATIENCE = Duration.ofMillis(30);

    /** What {@code claim.sql} is planned for. */
    private static final int MOST_JOBS_PER_CLAIM = 1_024;

    /** Of a payload, in the form in which it is stored. Longer ones are compressed, as a rule. */
    private static final int MOST_BYTES_WITH_CLAIM = 2_000;

    private final SchemaName schema;
    private final Statements sql;
    private final Connections connections;
    private final JobIntake intake = new Intake();
    private final LeaseStore leases = new Leases();
    private final WorkerRegistry registry = new Registry();
    private final PostgresInspector inspector;
    private final PostgresDecisions decisions;
    private final PayloadReads payloads;
    private final Listener listener;
    private final ClaimCursors cursors = new ClaimCursors();

    private PostgresJobStore(Builder builder) {
        this.schema = builder.schema;
        this.sql = builder.statements == null ? Statements.of(schema) : builder.statements;
        this.connections = new Connections(
                builder.connectionFactory, builder.maxConnections, builder.statementTimeout, builder.notifications);
        this.listener = new Listener(connections.sessions(), schema, cursors, builder.notifications);
        this.payloads = new PayloadReads(sql.payloads(), connections);
        this.inspector = new PostgresInspector(sql, schema, connections, listener);
        this.decisions = new PostgresDecisions(sql, connections, inspector);
    }

    /** A store with the default settings, in the schema {@code headrace}. */
    public static PostgresJobStore create(ConnectionFactory connectionFactory) {
        return builder(connectionFactory).build();
    }

    /**
     * Starts a store's description.
     *
     * @param connectionFactory r2dbc-postgresql's, or a pool or proxy around it, which is looked through
     */
    public static Builder builder(ConnectionFactory connectionFactory) {
        return new Builder(connectionFactory);
    }

    /**
     * A transaction of the caller's, for {@link io.headrace.JobClient#in}: {@code queue.in(store.transaction(connection))}.
     * Commit and rollback stay the caller's.
     *
     * @param connection to this store's database, in a transaction; outside one, each call commits by itself
     */
    public JobTransaction transaction(Connection connection) {
        // For how long it waits is the caller's to say.
        return (jobs, by) -> write(connection, jobs, EnqueueBlocks.of(jobs), by, null)
                .onErrorMap(error -> SqlErrors.ofEnqueueInTransaction(error, jobs));
    }

    private Mono<List<Enqueued>> write(
            Connection connection,
            List<EncodedJob> jobs,
            List<List<EncodedJob>> blocks,
            long by,
            @Nullable Duration keyPatience) {
        if (blocks.size() > 1 && jobs.stream().anyMatch(job -> job.uniqueKey() != null)) {
            KeyOrder order = new KeyOrder(jobs);
            return write(connection, EnqueueBlocks.of(order.jobs()), by, keyPatience)
                    .map(order::restore);
        }
        return write(connection, blocks, by, keyPatience);
    }

    private Mono<List<Enqueued>> write(
            Connection connection, List<List<EncodedJob>> blocks, long by, @Nullable Duration keyPatience) {
        return Flux.fromIterable(blocks)
                .concatMap(block -> write(connection, new EnqueueBatch(block, by, keyPatience)))
                .collect(ArrayList::new, List::addAll);
    }

    private Mono<List<Enqueued>> write(Connection connection, EnqueueBatch batch) {
        return batch.isKeyed()
                ? Connections.rows(connection, sql.enqueueKeyed(), batch::bind, EnqueueBatch::answer)
                        .map(batch::answers)
                : Connections.rows(connection, sql.enqueue(), batch::bind, row -> Columns.number(row, "first"))
                        .map(first -> batch.answers(first.get(0).longValue()));
    }

    /**
     * Checks that the schema is one that this version of Headrace can work with, as an engine does when it starts: for a
     * client alone, which would find out with its first job.
     *
     * @return errors with a {@link SchemaMismatchException} if the schema is missing, older than needed or of a newer
     *     generation, with another {@link StoreException} if the database cannot be reached
     */
    public Mono<Void> checkSchema() {
        return Mono.defer(() -> {
                    SchemaVersion version = new SchemaVersion(schema);
                    return connections
                            .upkeep(sql.schemaVersion(), statement -> statement, version::take)
                            .doOnNext(rows -> version.check())
                            .then();
                })
                .onErrorMap(error -> SqlErrors.ofCheck(error, schema));
    }

    private static Statement bindKinds(Statement statement, int first, ClaimRequest request) {
        int kinds = request.kinds().size();
        String[] names = new String[kinds];
        Integer[] maxAttempts = new Integer[kinds];
        Long[] deadlines = new Long[kinds];
        int i = 0;
        for (Map.Entry<String, ClaimRequest.Terms> kind : request.kinds().entrySet()) {
            names[i] = kind.getKey();
            maxAttempts[i] = kind.getValue().maxAttempts();
            deadlines[i] = kind.getValue().deadline().toMillis();
            i++;
        }
        return statement.bind(first, names).bind(first + 1, maxAttempts).bind(first + 2, deadlines);
    }

    @Override
    public Flux<String> wakeUps() {
        return listener.wakeUps();
    }

    @Override
    public JobIntake intake() {
        return intake;
    }

    @Override
    public LeaseStore leases() {
        return leases;
    }

    @Override
    public WorkerRegistry workers() {
        return registry;
    }

    @Override
    public JobInspector inspector() {
        return inspector;
    }

    @Override
    public JobDecisions decisions() {
        return decisions;
    }

    /** Begins every claim and prune at the head again: for tests that move the rows' times. */
    void lookBack() {
        cursors.lookBack();
        decisions.lookBack();
    }

    /** For tests that do something to them. */
    Connections connections() {
        return connections;
    }

    /** Closes its connections. An engine that works on this store is stopped first. */
    public Mono<Void> close() {
        return connections.close();
    }

    private final class Intake implements JobIntake {

        @Override
        public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
            if (jobs.isEmpty()) {
                return Mono.just(List.of());
            }
            List<List<EncodedJob>> blocks = EnqueueBlocks.of(jobs);
            Mono<List<Enqueued>> answers = blocks.size() == 1
                    ? connections.work(connection -> write(connection, new EnqueueBatch(jobs, by, KEY_PATIENCE)))
                    : connections.transaction(connection -> write(connection, jobs, blocks, by, KEY_PATIENCE));
            return answers.retryWhen(DEADLOCKED).onErrorMap(error -> SqlErrors.ofEnqueue(error, jobs, KEY_PATIENCE));
        }

        @Override
        public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
            return Mono.defer(() -> {
                request.requireTakes(jobs);
                EnqueueBatch batch = new EnqueueBatch(jobs, request.worker(), null);
                String[] floors = cursors.peek(request).floors();
                return connections
                        .work(
                                sql.enqueueAndClaim(),
                                statement -> bindKinds(batch.bind(statement), 11, request)
                                        .bind(14, floors),
                                batch::claimed)
                        .map(answers -> answers.get(0))
                        .onErrorMap(SqlErrors::ofEnqueue);
            });
        }
    }

    private final class Leases implements LeaseStore {

        @Override
        public Mono<Claim> claim(ClaimRequest request) {
            return Mono.defer(() -> {
                        boolean unsuspected = request.suspicion() == Suspicion.NONE;
                        // Suspects are few, and stand in old places.
                        ClaimCursor cursor = unsuspected ? cursors.of(request) : ClaimCursor.fresh(System.nanoTime());
                        int jobs = Math.min(request.limit(), MOST_JOBS_PER_CLAIM);
                        int sets = cursor.setsFor(jobs);
                        ClaimAnswer answer = new ClaimAnswer(cursor, jobs, sets);
                        long began = System.nanoTime();
                        return connections
                                .work(
                                        sql.claim(),
                                        statement -> bind(statement, request, cursor, jobs, sets),
                                        answer::take)
                                .map(rows -> {
                                    if (unsuspected) {
                                        long took = System.nanoTime() - began;
                                        cursors.keep(
                                                request, cursor, answer.next().after(cursor, took));
                                    }
                                    return answer.claim();
                                });
                    })
                    .onErrorMap(SqlErrors::of);
        }

        private static Statement bind(
                Statement statement, ClaimRequest request, ClaimCursor cursor, int jobs, int sets) {
            return bindKinds(statement.bind(0, request.worker()).bind(1, request.queue()), 2, request)
                    .bind(5, cursor.floors())
                    .bind(6, jobs)
                    .bind(7, sets)
                    .bind(8, request.suspicion().level())
                    .bind(9, request.withholding() ? -1 : MOST_BYTES_WITH_CLAIM);
        }

        @Override
        public Mono<List<Payload>> payloads(List<PayloadRequest> requests) {
            return payloads.read(requests);
        }

        @Override
        public Mono<List<Settlement>> settle(long worker, List<Settlement> settlements) {
            return Mono.defer(() -> {
                        SettleBatch batch = new SettleBatch(settlements);
                        return connections
                                .work(sql.settle(), statement -> batch.bind(statement, worker), SettleBatch.Late::of)
                                .map(late -> {
                                    if (batch.handsBack()) {
                                        cursors.lookBack();
                                    }
                                    return batch.late(late);
                                });
                    })
                    .onErrorMap(SqlErrors::of);
        }

        @Override
        public Mono<Void> note(long worker, List<ProgressNote> notes) {
            return Mono.defer(() -> {
                        ProgressBatch batch = new ProgressBatch(notes);
                        return connections.upkeep(sql.note(), statement -> batch.bind(statement, worker), row -> row);
                    })
                    .then()
                    .onErrorMap(SqlErrors::of);
        }
    }

    private final class Registry implements WorkerRegistry {

        @Override
        public Mono<Long> register(String name, Set<String> queues, Duration expiry, boolean wasAway) {
            Mono<Long> registered = connections
                    .upkeep(
                            sql.register(),
                            statement -> statement
                                    .bind(0, name)
                                    .bind(1, queues.toArray(String[]::new))
                                    .bind(2, expiry.toMillis())
                                    .bind(3, wasAway),
                            row -> Columns.number(row, "id"))
                    .map(ids -> ids.get(0));
            return checkSchema().then(registered).onErrorMap(SqlErrors::of);
        }

        @Override
        public Mono<HeartbeatReply> heartbeat(HeartbeatRequest request) {
            return connections
                    .upkeep(
                            sql.heartbeat(),
                            statement -> statement
                                    .bind(0, request.worker())
                                    .bind(1, request.expiry().toMillis())
                                    .bind(2, request.waiting().toArray(String[]::new))
                                    .bind(3, request.leases().toArray(Long[]::new))
                                    .bind(4, request.heeded().toArray(Long[]::new))
                                    .bind(5, request.wasAway()),
                            row -> new HeartbeatReply(
                                    Columns.flag(row, "known"),
                                    Set.of(Objects.requireNonNull(row.get("lost", Long[].class))),
                                    Set.of(Objects.requireNonNull(row.get("cancelled", Long[].class)))))
                    .map(replies -> replies.get(0))
                    .onErrorMap(SqlErrors::of);
        }

        @Override
        public Mono<Void> unregister(long worker) {
            return connections
                    .upkeep(sql.unregister(), statement -> statement.bind(0, worker), row -> row)
                    .doOnNext(done -> cursors.lookBack())
                    .then()
                    .onErrorMap(SqlErrors::of);
        }

        @Override
        public Mono<Void> markWaiting(long worker, String queue) {
            return connections
                    .work(
                            sql.markWaiting(),
                            statement -> statement.bind(0, worker).bind(1, queue),
                            row -> row)
                    .then()
                    .onErrorMap(SqlErrors::of);
        }

        @Override
        public Mono<SweepReport> sweep(long worker) {
            return connections
                    .sweep(
                            sql.sweep(),
                            statement -> statement.bind(0, worker),
                            row -> new SweepReport(
                                    Columns.number(row, "workers"),
                                    Columns.number(row, "leases"),
                                    Columns.number(row, "returned"),
                                    Columns.number(row, "buried")))
                    .map(reports -> reports.get(0))
                    .doOnNext(report -> {
                        if (!report.isIdle()) {
                            cursors.lookBack();
                        }
                    })
                    .onErrorMap(SqlErrors::of);
        }
    }

    /** Settings of a store. Not safe to share; {@link #build()} checks them. */
    public static final class Builder {

        private static final int DEFAULT_MAX_CONNECTIONS = 9;

        private final ConnectionFactory connectionFactory;
        private SchemaName schema = SchemaName.DEFAULT;
        private int maxConnections = DEFAULT_MAX_CONNECTIONS;
        private boolean notifications = true;
        private @Nullable Statements statements;
        private Duration statementTimeout = Duration.ofSeconds(30);

        private Builder(ConnectionFactory connectionFactory) {
            this.connectionFactory = Objects.requireNonNull(connectionFactory, "connectionFactory");
        }

        /**
         * The schema with Headrace's tables; {@code headrace} by default.
         *
         * @throws InvalidSettingException if it is not 1 to 63 of a-z, 0-9 and _
         */
        public Builder schema(String name) {
            schema = new SchemaName(name);
            return this;
        }

        /**
         * How many connections the store opens at the most; 9 by default, 5 or more. Two of them are reserved for
         * heartbeats and sweeps, one listens for wake-ups and one, open for moments, makes and drops segments; the others
         * work.
         */
        public Builder maxConnections(int connections) {
            maxConnections = connections;
            return this;
        }

        /**
         * Whether to listen for wake-ups; yes by default. Without them idle workers find what other processes enqueue by
         * polling. Behind a pooler in transaction mode say {@code false}: then nothing else is set for a session either that
         * somebody else has a moment later, such as its search path and how statements are to be planned. With {@code true} a store
         * that finds such a pooler does not connect, and errors with a {@link TransactionPoolerException}.
         */
        public Builder notifications(boolean listen) {
            notifications = listen;
            return this;
        }

        /**
         * How long a statement that moves jobs may take, the wait for its locks included, before its connection is given up;
         * 30 s by default. The server itself ends reads for people that take longer; an audit may take ten minutes.
         * Heartbeats have at most 5 s.
         */
        public Builder statementTimeout(Duration limit) {
            statementTimeout = limit;
            return this;
        }

        /** Those of another version: for tests. */
        Builder statements(Statements others) {
            statements = others;
            return this;
        }

        /**
         * Checks the settings and makes the store, which connects when it is used.
         *
         * @throws InvalidSettingException if the connection factory is not r2dbc-postgresql's or there are too few
         *     connections
         */
        public PostgresJobStore build() {
            int fewest = Connections.RESERVED + Connections.LISTENING + Connections.TIDYING + 1;
            if (maxConnections < fewest) {
                throw new InvalidSettingException(
                        "maxConnections",
                        maxConnections + " is under " + fewest + ": " + Connections.RESERVED
                                + " are reserved for heartbeats and sweeps, " + Connections.LISTENING
                                + " listens, " + Connections.TIDYING
                                + " makes and drops segments, and one has to work");
            }
            if (statementTimeout.isZero() || statementTimeout.isNegative()) {
                throw new InvalidSettingException("statementTimeout", statementTimeout + " is not positive");
            }
            return new PostgresJobStore(this);
        }
    }
}
