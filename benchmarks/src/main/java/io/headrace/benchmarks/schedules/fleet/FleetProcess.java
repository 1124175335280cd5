package io.headrace.benchmarks.schedules.fleet;

import io.headrace.Backoff;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.benchmarks.process.ParentProcess;
import io.headrace.benchmarks.process.SkewedClock;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.ConnectionFactories;
import java.io.IOException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A process with an engine that declares the whole fleet and runs its jobs, until its parent is gone. */
public final class FleetProcess {

    private static final Duration HEARTBEAT = Duration.ofMillis(500);
    private static final Duration EXPIRY = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LINGER = Fleet.PERIOD.multipliedBy(3).dividedBy(2);
    private static final int CONCURRENCY = 64;
    private static final int CONNECTIONS = 6;
    private static final Backoff SOON = Backoff.fixed(Duration.ofMillis(200));

    private FleetProcess() {}

    public static void main(String[] args) throws IOException {
        FleetSettings settings = FleetSettings.parse(args);
        PostgresJobStore store = PostgresJobStore.builder(
                        ConnectionFactories.get(settings.target().options()))
                .schema(settings.schema())
                .maxConnections(CONNECTIONS)
                .statementTimeout(STATEMENT_TIMEOUT)
                .build();
        JobEngine.Builder engine = JobEngine.builder(store)
                .name("pid " + ProcessHandle.current().pid())
                .heartbeatInterval(HEARTBEAT)
                .workerExpiry(EXPIRY)
                .sweepInterval(SWEEP)
                .scheduler(new SkewedClock(Schedulers.parallel(), settings.clockOffset()))
                .queue(Tick.TICK.queue(), queue -> queue.concurrency(CONCURRENCY))
                .queue(Tick.LINGER.queue(), queue -> queue.concurrency(CONCURRENCY))
                .subscribe(JobHandler.of(Tick.TICK, job -> Mono.empty()))
                .subscribe(JobHandler.of(Tick.LINGER, job -> Mono.delay(LINGER).then()));
        Fleet.declare(engine, settings.fleet().schedules())
                .build()
                .start()
                .retryWhen(SOON.retry(Integer.MAX_VALUE, error -> true))
                .block();
        ParentProcess.awaitEnd();
        Runtime.getRuntime().halt(0);
    }
}
