package io.headrace.benchmarks.goeson.worker;

import io.headrace.Backoff;
import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.benchmarks.process.ParentProcess;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.ConnectionFactories;
import java.io.IOException;
import java.time.Duration;

/** A process with an engine, which works until its parent is gone. */
public final class WorkerProcess {

    /** A worker that is suspended for longer has lost its leases. */
    public static final Duration EXPIRY = Duration.ofSeconds(2);

    /** How often an engine looks for workers that have expired. */
    public static final Duration SWEEP = Duration.ofMillis(500);

    private static final Duration HEARTBEAT = Duration.ofMillis(500);
    private static final int CONCURRENCY = 8;
    private static final int CONNECTIONS = 6;
    private static final Backoff SOON = Backoff.fixed(Duration.ofMillis(200));

    private WorkerProcess() {}

    public static void main(String[] args) throws IOException {
        WorkerSettings settings = WorkerSettings.parse(args);
        PostgresJobStore store = PostgresJobStore.builder(
                        ConnectionFactories.get(settings.target().options()))
                .maxConnections(CONNECTIONS)
                .build();
        JobEngine.Builder engine = JobEngine.builder(store)
                .name("pid " + ProcessHandle.current().pid())
                .heartbeatInterval(HEARTBEAT)
                .workerExpiry(EXPIRY)
                .sweepInterval(SWEEP)
                .queue(JobType.DEFAULT_QUEUE, queue -> queue.concurrency(CONCURRENCY));
        settings.duty()
                .on(engine, Application.of(store, settings.target()))
                .build()
                .start()
                .retryWhen(SOON.retry(Integer.MAX_VALUE, error -> true))
                .block();
        ParentProcess.awaitEnd();
        Runtime.getRuntime().halt(0);
    }
}
