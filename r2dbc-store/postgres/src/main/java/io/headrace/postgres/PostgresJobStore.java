package io.headrace.postgres;

import io.headrace.InvalidSettingException;
import io.headrace.StoreException;
import io.headrace.postgres.bulk.PostgresBulk;
import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.complete.CompletingTransactions;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.enqueue.PostgresIntake;
import io.headrace.postgres.listen.Listener;
import io.headrace.postgres.monitor.PostgresMonitor;
import io.headrace.postgres.operate.PostgresDecisions;
import io.headrace.postgres.operate.PostgresInspector;
import io.headrace.postgres.operate.PostgresOperatorLog;
import io.headrace.postgres.result.AwaitingClients;
import io.headrace.postgres.result.PostgresResults;
import io.headrace.postgres.schedule.PostgresSchedules;
import io.headrace.postgres.signal.PostgresSignals;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.postgres.step.PostgresSteps;
import io.headrace.postgres.upkeep.PostgresWorkers;
import io.headrace.postgres.upkeep.Pruner;
import io.headrace.postgres.upkeep.SchemaCheck;
import io.headrace.spi.BulkStore;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobIntake;
import io.headrace.spi.JobMonitor;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.OperatorLog;
import io.headrace.spi.ResultStore;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.SignalStore;
import io.headrace.spi.StepStore;
import io.headrace.spi.WakeUp;
import io.headrace.spi.WorkerRegistry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store of jobs in PostgreSQL 15 or newer, using r2dbc-postgresql. Thread-safe. Signals arrive on the driver's event
 * loop, which must not be blocked. A store serves one engine and any number of clients.
 *
 * <p>The store has its own connections, separate from those of the application, which it opens on demand, see
 * {@link Builder#maxConnections(int)}. It does not create the schema, see {@link PostgresMigrations}.
 */
public final class PostgresJobStore implements JobStore {

    private final SchemaName schema;
    private final Connections connections;
    private final SchemaCheck schemaCheck;
    private final PostgresIntake intake;
    private final CompletingTransactions transactions;
    private final PostgresLeases leases;
    private final PostgresWorkers workers;
    private final PostgresInspector inspector;
    private final PostgresMonitor monitor;
    private final PostgresDecisions decisions;
    private final PostgresSchedules schedules;
    private final PostgresBulk bulk;
    private final PostgresOperatorLog operatorLog;
    private final PostgresSteps steps;
    private final PostgresSignals signals;
    private final PostgresResults results;
    private final AwaitingClients awaiting = new AwaitingClients();
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
        this.listener = new Listener(connections.sessions(), schema, cursors, awaiting, builder.notifications);
        this.schemaCheck = new SchemaCheck(statements, schema, connections);
        this.pruner = new Pruner(statements, connections);
        this.signals = new PostgresSignals(statements, connections);
        this.intake = new PostgresIntake(statements, connections, cursors, signals);
        this.transactions = new CompletingTransactions(statements, connections, intake);
        this.leases = new PostgresLeases(statements, connections, cursors, intake, awaiting);
        this.results = new PostgresResults(statements, connections, awaiting);
        this.workers = new PostgresWorkers(statements, connections, cursors, checkSchema());
        this.inspector = new PostgresInspector(
                statements,
                connections,
                schemaCheck,
                listener::health,
                StoreDiagnosis.of(builder.connectionFactory, schema, statements, connections, listener::health));
        this.monitor = new PostgresMonitor(statements, connections);
        this.decisions = new PostgresDecisions(statements, connections, inspector, pruner);
        this.schedules = new PostgresSchedules(statements, connections, inspector, listener.scheduleChanges());
        this.bulk = new PostgresBulk(statements, connections);
        this.operatorLog = new PostgresOperatorLog(statements, connections);
        this.steps = new PostgresSteps(statements, connections);
    }

    /** Creates a store with the default settings, in the schema {@code headrace}. */
    public static PostgresJobStore create(ConnectionFactory connectionFactory) {
        return builder(connectionFactory).build();
    }

    /**
     * Creates a builder for a store.
     *
     * @param connectionFactory the connection factory of r2dbc-postgresql, or a pool or proxy around it, which is
     *     unwrapped
     */
    public static Builder builder(ConnectionFactory connectionFactory) {
        return new Builder(connectionFactory);
    }

    /**
     * Returns the caller's transaction for {@link io.headrace.JobClient#in} and {@link io.headrace.Job#completeIn}:
     * {@code client.in(store.transaction(connection))}. The caller commits or rolls back.
     *
     * @param connection a connection to this store's database, in a transaction; outside of a transaction, each enqueue
     *     commits on its own, and no job is completed
     */
    public JobTransaction transaction(Connection connection) {
        return transactions.of(connection);
    }

    /**
     * Checks that this version of Headrace can work with the schema. An engine does so when it starts. Use this for a
     * client without an engine, which would otherwise fail with its first job.
     *
     * @return fails with a {@link SchemaMismatchException} if the schema is missing, too old or of a newer generation,
     *     and with another {@link StoreException} if the database cannot be reached
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
    public JobMonitor monitor() {
        return monitor;
    }

    @Override
    public JobDecisions decisions() {
        return decisions;
    }

    @Override
    public ScheduleStore schedules() {
        return schedules;
    }

    @Override
    public BulkStore bulk() {
        return bulk;
    }

    @Override
    public ResultStore results() {
        return results;
    }

    @Override
    public OperatorLog operatorLog() {
        return operatorLog;
    }

    @Override
    public StepStore steps() {
        return steps;
    }

    @Override
    public SignalStore signals() {
        return signals;
    }

    @Override
    public Flux<WakeUp> wakeUps() {
        return listener.wakeUps();
    }

    /** Begins every claim, prune and look for due schedules at the head again: for tests that move the rows' times. */
    void lookBack() {
        cursors.lookBack();
        pruner.lookBack();
        schedules.lookBack();
        signals.lookBack();
    }

    /** Whether its settlements look for those who wait: for tests that announce to them. */
    boolean isAwaited() {
        return awaiting.isSomebody();
    }

    /** For tests that do something to them. */
    Connections connections() {
        return connections;
    }

    /** Closes the store's connections. Stop an engine that uses this store first. */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            listener.close();
            return connections.close();
        });
    }

    /** Builds a store. Not thread-safe. {@link #build()} checks the settings. */
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
         * Sets the schema of Headrace's tables. Default: {@code headrace}.
         *
         * @throws InvalidSettingException if the name does not consist of 1 to 63 characters of a-z, 0-9 and _
         */
        public Builder schema(String name) {
            schema = new SchemaName(name);
            return this;
        }

        /**
         * Sets the maximum number of connections that the store opens. Default: 9; at least 5. Two of them are reserved
         * for heartbeats and sweeps, one listens for wake-ups, and one, which is open for moments only, creates and
         * drops segments. The others move jobs.
         */
        public Builder maxConnections(int connections) {
            maxConnections = connections;
            return this;
        }

        /**
         * Sets whether to listen for wake-ups. Default: {@code true}. Without wake-ups, idle workers find the jobs of
         * other processes by polling. Set this to {@code false} behind a pooler in transaction mode. The store then
         * also makes no session settings, such as the search path and how statements are planned, because other clients
         * use the same sessions. With {@code true}, a store that detects such a pooler does not connect, and fails with
         * a {@link TransactionPoolerException}.
         */
        public Builder notifications(boolean listen) {
            notifications = listen;
            return this;
        }

        /**
         * Sets how long a statement that moves jobs may take, including the wait for locks, before it is abandoned
         * together with its connection. Default: 30 s. Reads for people that take longer are ended by the server
         * itself; an audit may take ten minutes. Heartbeats may take at most 5 s.
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
         * Checks the settings and creates the store, which connects when it is used.
         *
         * @throws InvalidSettingException if the connection factory is not that of r2dbc-postgresql, or there are too
         *     few connections
         */
        public PostgresJobStore build() {
            int fewest = Connections.RESERVED + Connections.LISTENING + Connections.TIDYING + 1;
            if (maxConnections < fewest) {
                throw new InvalidSettingException(
                        "maxConnections",
                        maxConnections + " is under " + fewest + ": " + Connections.RESERVED
                                + " are reserved for heartbeats and sweeps, " + Connections.LISTENING
                                + " listens, " + Connections.TIDYING
                                + " manages segments, and at least one is for work");
            }
            if (statementTimeout.isZero() || statementTimeout.isNegative()) {
                throw new InvalidSettingException("statementTimeout", statementTimeout + " is not positive");
            }
            return new PostgresJobStore(this);
        }
    }
}
