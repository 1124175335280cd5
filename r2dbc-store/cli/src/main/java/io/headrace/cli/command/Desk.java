package io.headrace.cli.command;

import io.headrace.JobClient;
import io.headrace.JobOperator;
import io.headrace.cli.connection.Database;
import io.headrace.postgres.PostgresJobStore;
import java.time.Duration;

/** What a command works with: the operator and a client of a store, and the store's connections until it is closed. */
public final class Desk implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final PostgresJobStore store;

    private Desk(PostgresJobStore store) {
        this.store = store;
    }

    /** Opens no connection yet. */
    static Desk open(Database database, String schema, boolean notifications) {
        return new Desk(PostgresJobStore.builder(database.connectionFactory())
                .schema(schema)
                .notifications(notifications)
                .build());
    }

    /** Its decisions are logged under the name of the person who runs the command. */
    public JobOperator operator() {
        return JobOperator.builder(store)
                .codec(new JsonText())
                .name(System.getProperty("user.name", "somebody") + " (command line)")
                .build();
    }

    /** A client whose payloads are texts, each of them JSON already. */
    public JobClient client() {
        return JobClient.builder(store).codec(new JsonText()).build();
    }

    @Override
    public void close() {
        store.close().block(CLOSING);
    }
}
