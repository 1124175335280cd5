package io.headrace.benchmarks.schedules;

import io.headrace.AuditReport;
import io.headrace.JobOperator;
import io.headrace.benchmarks.process.Target;
import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.server.Server;
import io.headrace.benchmarks.server.Sql;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.r2dbc.spi.ConnectionFactories;

/** A database with the engine's schema, for one engine or several. Thread-safe. */
record ScheduleDatabase(FreshDatabase database) implements AutoCloseable {

    static final String SCHEMA = "headrace";

    static ScheduleDatabase in(Server server) {
        ScheduleDatabase database = new ScheduleDatabase(FreshDatabase.in(server));
        PostgresMigrations.of(database.database().options()).schema(SCHEMA).migrate();
        return database;
    }

    Sql sql() {
        return database.sql();
    }

    PostgresJobStore openStore() {
        return PostgresJobStore.builder(ConnectionFactories.get(database.options()))
                .schema(SCHEMA)
                .build();
    }

    /** How other processes reach it. */
    Target target() {
        return new Target(database.host() + ":" + database.port(), database.name(), database.user());
    }

    AuditReport audit() {
        PostgresJobStore store = openStore();
        try {
            return JobOperator.create(store).audit().blockOptional().orElseThrow();
        } finally {
            store.close().block();
        }
    }

    /** Drops it. */
    @Override
    public void close() {
        database.close();
    }
}
