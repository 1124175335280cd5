package io.headrace.benchmarks.tombstones;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.benchmarks.server.Server;
import io.headrace.benchmarks.server.Sql;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A schema of one's own, and what lies in it. Used by one thread. */
record Yard(Server server, Sql sql, String schema) implements AutoCloseable {

    /** How the server calls whose connection it is. */
    private static final Option<String> APPLICATION = Option.valueOf("applicationName");

    private static final int JOBS_AT_A_TIME = 500;
    private static final int JOBS_PER_CALL = 1_024;
    private static final int CALLS_AT_A_TIME = 4;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    static Yard prepare(Server server) {
        String schema = "headrace_tombstones_" + ProcessHandle.current().pid();
        PostgresMigrations.of(server.options()).schema(schema).migrate();
        return new Yard(server, new Sql(server.options(), Map.of()), schema);
    }

    /** A store whose connections bear a name. */
    PostgresJobStore store(String application) {
        return store(server.options(), schema, application);
    }

    static PostgresJobStore store(ConnectionFactoryOptions options, String schema, String application) {
        return PostgresJobStore.builder(ConnectionFactories.get(
                        options.mutate().option(APPLICATION, application).build()))
                .schema(schema)
                .build();
    }

    /** Fails jobs until there are as many tombstones as are wanted, then enqueues those that wait. */
    void stock(TombstoneSettings settings) {
        PostgresJobStore store = store("stock");
        try {
            JobClient client = JobClient.create(store);
            enqueue(client, Errand.HUSK, settings.ofEachKind());
            enqueue(client, Errand.CHAFF, settings.ofEachKind());
            bury(store, 2 * settings.ofEachKind());
            enqueue(client, Errand.GRAIN, settings.pending());
        } finally {
            store.close().block();
        }
        // What is measured is not that the planner has yet to hear of all this.
        sql.run("VACUUM (ANALYZE)");
    }

    private static void enqueue(JobClient client, JobType<Errand> type, int count) {
        List<Enqueued> last = Flux.fromStream(() -> Errand.jobs(type, count))
                .buffer(JOBS_PER_CALL)
                .flatMap(client::enqueueAll, CALLS_AT_A_TIME)
                .blockLast(PATIENCE);
        if (last == null && count > 0) {
            throw new IllegalStateException("nothing was enqueued");
        }
    }

    private void bury(PostgresJobStore store, int expected) {
        JobEngine engine = JobEngine.builder(store)
                .queue(JobType.DEFAULT_QUEUE, queue -> queue.concurrency(JOBS_AT_A_TIME))
                .subscribe(failing(Errand.HUSK))
                .subscribe(failing(Errand.CHAFF))
                .build();
        engine.start().block();
        awaitTombstones(expected);
        engine.stop().block();
    }

    /** With an error as it comes, stack trace and all. */
    private static JobHandler<Errand> failing(JobType<Errand> type) {
        return JobHandler.of(type, job -> Mono.error(new IllegalStateException("no way leads there")))
                .retry(RetryPolicy.never());
    }

    /** Until there are so many. */
    void awaitTombstones(int expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (tombstones() != expected) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("there never were " + expected + " tombstones");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    long tombstones() {
        return sql.number("SELECT count(*) FROM " + schema + ".tombstone");
    }

    String version() {
        return sql.text("SHOW server_version");
    }

    /** Leaves nothing behind in a server that is not ours. */
    @Override
    public void close() {
        if (!server.isOurs()) {
            sql.run("DROP SCHEMA " + schema + " CASCADE");
        }
    }
}
