package io.headrace.cli.command;

import io.headrace.JobOperator;
import io.headrace.cli.connection.Database;
import io.headrace.postgres.PostgresJobStore;
import java.time.Duration;

/** What a command works with: the operator of a store, and the store's connections until it is closed. */
public final class Desk implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final PostgresJobStore store;
    private final JobOperator operator;

    private Desk(PostgresJobStore store) {
        this.store = store;
        this.operator = JobOperator.builder(store)
                .codec(new JsonText())
                .name(System.getProperty("user.name", "somebody") + " (command line)")
                .build();
    }

    /** Opens no connection yet. */
    static Desk open(Database database, String schema, boolean notifications) {
        return new Desk(PostgresJobStore.builder(database.connectionFactory())
                .schema(schema)
                .notifications(notifications)
                .build());
    }

    /** Payloads are texts, each of them JSON already. Decisions are logged under the name of the person who runs the command. */
    public JobOperator operator() {
        return operator;
    }

    @Override
    public void close() {
        store.close().block(CLOSING);
    }
}
