package io.headrace.postgres;

import io.headrace.operate.Diagnosis;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.diagnose.Examination;
import io.headrace.postgres.diagnose.Link;
import io.headrace.postgres.diagnose.LoadedStatements;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.PoolUse;
import io.headrace.spi.StoreHealth.WakeUps;
import io.r2dbc.spi.ConnectionFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A diagnosis by a store, on its own connections. */
final class StoreDiagnosis implements Link {

    private final Connections connections;
    private final Supplier<WakeUps> wakeUps;

    private StoreDiagnosis(Connections connections, Supplier<WakeUps> wakeUps) {
        this.connections = connections;
        this.wakeUps = wakeUps;
    }

    /** A store that a pooler keeps from connecting has it made on connections that work behind one. */
    static Mono<Diagnosis> of(
            ConnectionFactory factory,
            SchemaName schema,
            Statements statements,
            Connections connections,
            Supplier<WakeUps> wakeUps) {
        LoadedStatements loaded = new LoadedStatements(statements);
        return new Examination(
                        loaded,
                        schema,
                        connections,
                        Examination.LONGEST_SNAPSHOT,
                        InstantSource.system(),
                        new StoreDiagnosis(connections, wakeUps))
                .run()
                .onErrorResume(
                        TransactionPoolerException.class,
                        error -> PostgresDoctor.of(factory, schema, loaded).diagnose());
    }

    @Override
    public List<PoolUse> pools() {
        return connections.pools();
    }

    @Override
    public String notifications() {
        return switch (wakeUps.get()) {
            case OFF -> "off";
            case NOT_WANTED -> "no engine in this process";
            case HEARD -> "heard";
            case AWAY -> "connection lost, reconnecting";
        };
    }

    /** One that has connected is not. */
    @Override
    public Mono<Boolean> isMisused() {
        return Mono.just(false);
    }
}
