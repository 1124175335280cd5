package io.headrace.benchmarks.faults.worker;

import static java.util.Objects.requireNonNull;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.benchmarks.process.ParentProcess;
import io.headrace.benchmarks.process.SkewedClock;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.ConnectionFactories;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A process with an engine, which works until its parent is gone. */
public final class WorkerProcess {

    /** How a JVM ends that took poison. */
    public static final int POISONED = 86;

    /** Longer than tables are locked here, or the largest payload takes to be printed; shorter than a person waits. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);

    private static final int CONCURRENCY = 8;
    private static final int PREFETCH = 24;
    private static final int LINGERING = 64;
    private static final int CANCELS_AT_A_TIME = 4;

    /** More than fit into the memory of the one that has it. */
    private static final int HEAVY_CONCURRENCY = 500;

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
        AtomicReference<JobEngine> self = new AtomicReference<>();
        JobEngine.Builder builder = JobEngine.builder(store)
                .name("pid " + ProcessHandle.current().pid())
                .heartbeatInterval(settings.timing().heartbeat())
                .workerExpiry(settings.timing().expiry())
                .sweepInterval(settings.timing().sweep())
                .scheduler(new SkewedClock(Schedulers.parallel(), settings.clockOffset()));
        builder = settings.duty() == WorkerSettings.Duty.HEAVY
                ? heavy(builder, ledger)
                : common(builder, ledger, settings.duty(), self);
        JobEngine engine = builder.build();
        self.set(engine);
        engine.start()
                .retryWhen(Backoff.fixed(Duration.ofMillis(200)).retry(Integer.MAX_VALUE, error -> true))
                .block();
        ParentProcess.awaitEnd();
        Runtime.getRuntime().halt(0);
    }

    private static JobEngine.Builder common(
            JobEngine.Builder builder, LedgerWriter ledger, WorkerSettings.Duty duty, AtomicReference<JobEngine> self) {
        JobEngine.Builder common = builder.queue(
                        JobType.DEFAULT_QUEUE,
                        queue -> queue.concurrency(CONCURRENCY).prefetch(PREFETCH))
                .queue(Grain.LINGER_QUEUE, queue -> queue.concurrency(LINGERING))
                .queue(Warrant.queueOf(ProcessHandle.current().pid()), queue -> queue.concurrency(1))
                .subscribe(handler(Grain.GRIND, ledger))
                .subscribe(handler(Grain.CRUSH, ledger))
                .subscribe(warrants(ledger, self));
        return duty == WorkerSettings.Duty.COMMON_AND_QUIET
                ? common.queue(Grain.QUIET_QUEUE, queue -> queue.concurrency(1))
                : common;
    }

    private static JobHandler<Warrant> warrants(LedgerWriter ledger, AtomicReference<JobEngine> self) {
        return JobHandler.<Warrant>of(
                        Warrant.WARRANT,
                        job -> ledger.write(job)
                                .thenMany(Flux.fromIterable(job.payload().jobs()))
                                .map(JobId::new)
                                .flatMap(
                                        id -> requireNonNull(self.get())
                                                .client()
                                                .cancel(id)
                                                .then(ledger.write(id, Grain.Moment.ANSWERED)),
                                        CANCELS_AT_A_TIME)
                                .then(Mono.just(JobOutcome.complete())))
                .retry(SOON)
                .timeout(TIMEOUT);
    }

    private static JobEngine.Builder heavy(JobEngine.Builder builder, LedgerWriter ledger) {
        return builder.queue(Grain.HEAVY_QUEUE, queue -> queue.concurrency(HEAVY_CONCURRENCY))
                .subscribe(JobHandler.<Boulder>of(
                                Boulder.BOULDER,
                                job -> ledger.write(job).then(afterAWhile()).thenReturn(JobOutcome.complete()))
                        .retry(SOON)
                        .timeout(TIMEOUT));
    }

    private static JobHandler<Grain> handler(JobType<Grain> type, LedgerWriter ledger) {
        return JobHandler.<Grain>of(
                        type,
                        job -> job.payload().role() == Grain.Role.LINGERS
                                ? linger(job, ledger)
                                : ledger.write(job).then(work(job)))
                .retry(SOON)
                .timeout(TIMEOUT);
    }

    private static Mono<JobOutcome> linger(Job<Grain> job, LedgerWriter ledger) {
        return ledger.write(job)
                .then(Mono.<JobOutcome>never())
                .doOnCancel(() -> ledger.write(job.id(), Grain.Moment.STOPPED).subscribe());
    }

    private static Mono<Long> afterAWhile() {
        int millis = ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS + 1);
        return Mono.delay(Duration.ofMillis(millis));
    }

    private static Mono<JobOutcome> work(Job<Grain> job) {
        return afterAWhile().then(Mono.fromSupplier(() -> {
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
