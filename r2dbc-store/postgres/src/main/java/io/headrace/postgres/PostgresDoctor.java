package io.headrace.postgres;

import io.headrace.InvalidSettingException;
import io.headrace.StoreException;
import io.headrace.operate.Diagnosis;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.diagnose.Examination;
import io.headrace.postgres.diagnose.Link;
import io.headrace.postgres.diagnose.LoadedStatements;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.PoolUse;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * Diagnoses a database before, or without, a store on it: also if the schema is missing, if the role lacks rights, and
 * behind a pooler in transaction mode. With a store, use {@link io.headrace.JobOperator#diagnose}, which runs the same
 * checks on the connections of the store.
 *
 * <p>Immutable and thread-safe. Each diagnosis opens up to three connections, and closes them when it ends.
 */
public final class PostgresDoctor {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int CONNECTIONS = Connections.RESERVED + Connections.LISTENING + Connections.TIDYING + 1;

    private final ConnectionFactory factory;
    private final SchemaName schema;
    private final LoadedStatements statements;
    private final boolean notifications;
    private final Duration longestSnapshot;
    private final InstantSource clock;

    private PostgresDoctor(
            ConnectionFactory factory,
            SchemaName schema,
            LoadedStatements statements,
            boolean notifications,
            Duration longestSnapshot,
            InstantSource clock) {
        this.factory = factory;
        this.schema = schema;
        this.statements = statements;
        this.notifications = notifications;
        this.longestSnapshot = longestSnapshot;
        this.clock = clock;
    }

    /**
     * Creates a doctor for the schema {@code headrace} of a database.
     *
     * @param connectionFactory as for {@link PostgresJobStore#builder}
     */
    public static PostgresDoctor of(ConnectionFactory connectionFactory) {
        return of(
                Objects.requireNonNull(connectionFactory, "connectionFactory"),
                SchemaName.DEFAULT,
                loaded(SchemaName.DEFAULT));
    }

    static PostgresDoctor of(ConnectionFactory factory, SchemaName schema, LoadedStatements statements) {
        return new PostgresDoctor(
                factory, schema, statements, true, Examination.LONGEST_SNAPSHOT, InstantSource.system());
    }

    private static LoadedStatements loaded(SchemaName schema) {
        return new LoadedStatements(Statements.of(schema));
    }

    /**
     * Returns a doctor for another schema.
     *
     * @throws InvalidSettingException if the name does not consist of 1 to 63 characters of a-z, 0-9 and _
     */
    public PostgresDoctor schema(String name) {
        SchemaName other = new SchemaName(name);
        return new PostgresDoctor(factory, other, loaded(other), notifications, longestSnapshot, clock);
    }

    /**
     * Sets whether the stores on this database are built with notifications, see
     * {@link PostgresJobStore.Builder#notifications}: a pooler in transaction mode is a problem only with them. Default:
     * {@code true}.
     */
    public PostgresDoctor notifications(boolean listen) {
        return new PostgresDoctor(factory, schema, statements, listen, longestSnapshot, clock);
    }

    /**
     * Sets how long a transaction may keep dead rows from being removed before it is a problem. Default: 10 minutes. Set
     * it to more than a backup takes.
     */
    public PostgresDoctor longestSnapshot(Duration limit) {
        return new PostgresDoctor(factory, schema, statements, notifications, limit, clock);
    }

    /** Sets the clock that is compared with the server's. Default: that of the system. */
    public PostgresDoctor clock(InstantSource source) {
        return new PostgresDoctor(factory, schema, statements, notifications, longestSnapshot, source);
    }

    /**
     * Reads the state of the database and says what is wrong. The cost is bounded, however many jobs there are.
     *
     * @return fails with a {@link StoreException} if the database cannot be connected to or does not answer; if it
     *     refuses because it has no connection left, that is a problem of the diagnosis
     */
    public Mono<Diagnosis> diagnose() {
        return Mono.usingWhen(
                Mono.fromSupplier(
                        () -> new Connections(factory, CONNECTIONS, LIMIT, false, TransactionPoolerException::new)),
                this::diagnose,
                Connections::close);
    }

    private Mono<Diagnosis> diagnose(Connections connections) {
        return new Examination(statements, schema, connections, longestSnapshot, clock, new OwnLink(connections)).run();
    }

    /** Connections that set nothing, and so work behind a pooler. */
    private final class OwnLink implements Link {

        private final Connections connections;

        OwnLink(Connections connections) {
            this.connections = connections;
        }

        @Override
        public List<PoolUse> pools() {
            return List.of();
        }

        @Override
        public String notifications() {
            return notifications ? "expected" : "off";
        }

        @Override
        public Mono<Boolean> isMisused() {
            return notifications ? connections.areShared() : Mono.just(false);
        }
    }
}
