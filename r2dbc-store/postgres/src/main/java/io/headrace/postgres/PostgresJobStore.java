package io.headrace.postgres;

import io.headrace.InvalidSettingException;
import io.headrace.StoreException;
import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.enqueue.PostgresIntake;
import io.headrace.postgres.listen.Listener;
import io.headrace.postgres.operate.PostgresDecisions;
import io.headrace.postgres.operate.PostgresInspector;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.postgres.upkeep.PostgresWorkers;
import io.headrace.postgres.upkeep.Pruner;
import io.headrace.postgres.upkeep.SchemaCheck;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobIntake;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.WorkerRegistry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Jobs in PostgreSQL 15 or newer, over r2dbc-postgresql. Thread-safe; signals arrive on the driver's event loop, which
 * must not be blocked. One store serves one engine and any number of clients.
 *
 * <p>It has connections of its own, apart from those of the app, opened as they are needed: see
 * {@link Builder#maxConnections(int)}. The schema is not made here: see {@link PostgresMigrations}.
 */
public final class PostgresJobStore implements JobStore {

    private final SchemaName schema;
    private final Connections connections;
    private final SchemaCheck schemaCheck;
    private final PostgresIntake intake;
    private final PostgresLeases leases;
    private final PostgresWorkers workers;
    private final PostgresInspector inspector;
    private final PostgresDecisions decisions;
    private final Listener listener;
    private final ClaimCursors cursors = new ClaimCursors();
    private final Pruner pruner;

    private PostgresJobStore(Builder builder) {
        this.schema = builder.schema;
        Statements statements = builder.statements == null ? Statements.of(schema) : builder.statements;
        this.connections = new Connections(
                builder.connectionFactory,
                builder.maxConnections,
                builder.statementTimeout,
                builder.notifications,
                TransactionPoolerException::new);
        this.listener = new Listener(connections.sessions(), schema, cursors, builder.notifications);
        this.schemaCheck = new SchemaCheck(statements, schema, connections);
        this.pruner = new Pruner(statements, connections);
        this.intake = new PostgresIntake(statements, connections, cursors);
        this.leases = new PostgresLeases(statements, connections, cursors);
        this.workers = new PostgresWorkers(statements, connections, cursors, checkSchema());
        this.inspector = new PostgresInspector(statements, connections, schemaCheck, listener::health);
        this.decisions = new PostgresDecisions(statements, connections, inspector, pruner);
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
        return intake.transaction(connection);
    }

    /**
     * Checks that the schema is one that this version of Headrace can work with, as an engine does when it starts: for a
     * client alone, which would find out with its first job.
     *
     * @return errors with a {@link SchemaMismatchException} if the schema is missing, older than needed or of a newer
     *     generation, with another {@link StoreException} if the database cannot be reached
     */
    public Mono<Void> checkSchema() {
        return schemaCheck
                .read()
                .doOnNext(version -> SchemaMismatchException.require(schema, version))
                .then()
                .onErrorMap(error -> SchemaMismatchException.orElse(schema, SqlErrors.of(error)));
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
        return workers;
    }

    @Override
    public JobInspector inspector() {
        return inspector;
    }

    @Override
    public JobDecisions decisions() {
        return decisions;
    }

    @Override
    public Flux<String> wakeUps() {
        return listener.wakeUps();
    }

    /** Begins every claim and prune at the head again: for tests that move the rows' times. */
    void lookBack() {
        cursors.lookBack();
        pruner.lookBack();
    }

    /** For tests that do something to them. */
    Connections connections() {
        return connections;
    }

    /** Closes its connections. An engine that works on this store is stopped first. */
    public Mono<Void> close() {
        return connections.close();
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
