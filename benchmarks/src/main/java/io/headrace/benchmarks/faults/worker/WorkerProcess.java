package io.headrace.benchmarks.faults.worker;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.ConnectionFactories;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A process with an engine, which works until its parent is gone. */
public final class WorkerProcess {

    /** How a JVM ends that took poison. */
    public static final int POISONED = 86;

    /** Longer than tables are locked here, shorter than a person waits. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(6);

    private static final int CONCURRENCY = 8;
    private static final int PREFETCH = 24;
    private static final int SHORTEST_MILLIS = 2;
    private static final int LONGEST_MILLIS = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final RetryPolicy SOON = RetryPolicy.defaults().backoff(Backoff.fixed(Duration.ofMillis(200)));

    private WorkerProcess() {}

    public static void main(String[] args) throws IOException {
        WorkerSettings settings = WorkerSettings.parse(args);
        LedgerWriter ledger = new LedgerWriter(settings.ledgerOptions(), settings.schema());
        PostgresJobStore store = PostgresJobStore.builder(ConnectionFactories.get(settings.engineOptions()))
                .schema(settings.schema())
                .statementTimeout(STATEMENT_TIMEOUT)
                .build();
        JobEngine.Builder builder = JobEngine.builder(store)
                .name("pid " + ProcessHandle.current().pid())
                .queue(
                        JobType.DEFAULT_QUEUE,
                        queue -> queue.concurrency(CONCURRENCY).prefetch(PREFETCH))
                .subscribe(handler(Grain.GRIND, ledger))
                .subscribe(handler(Grain.CRUSH, ledger))
                .heartbeat(settings.timing().heartbeat())
                .expiry(settings.timing().expiry())
                .sweep(settings.timing().sweep())
                .scheduler(new SkewedClock(Schedulers.parallel(), settings.clockOffset()));
        if (settings.isProxied()) {
            builder = builder.queue(Grain.QUIET_QUEUE, queue -> queue.concurrency(1));
        }
        JobEngine engine = builder.build();
        engine.start()
                .retryWhen(Backoff.fixed(Duration.ofMillis(200)).retry(Integer.MAX_VALUE, error -> true))
                .block();
        awaitTheParentsEnd();
        Runtime.getRuntime().halt(0);
    }

    /** Its standard input comes from the parent, which never writes. */
    private static void awaitTheParentsEnd() throws IOException {
        int read;
        do {
            read = System.in.read();
        } while (read >= 0);
    }

    private static JobHandler<Grain> handler(JobType<Grain> type, LedgerWriter ledger) {
        return JobHandler.<Grain>of(type, job -> ledger.write(job).then(work(job)))
                .retry(SOON)
                .timeout(TIMEOUT);
    }

    private static Mono<JobOutcome> work(Job<Grain> job) {
        int millis = ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS + 1);
        return Mono.delay(Duration.ofMillis(millis)).then(Mono.fromSupplier(() -> {
            if (job.payload().role() == Grain.Role.POISON) {
                Runtime.getRuntime().halt(POISONED);
            }
            if (job.payload().role() == Grain.Role.FAILS_ONCE && job.attempt() == 1) {
                throw new FailsOnceException();
            }
            return JobOutcome.complete();
        }));
    }
}
