package io.headrace.benchmarks.headrace;

import io.headrace.AuditReport;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.QueueSettings;
import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.contender.LatencyProbe;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The engine as a user would set it up: the default store, one queue, as many handlers at a time as is asked for. */
public final class HeadraceContender implements Contender {

    /** How long anything may take before the run is given up. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    /** An engine's by default. */
    private static final Duration COMPLETED_RETENTION = Duration.ofDays(7);

    /** How many callers enqueue at a time; each waits for its answer. */
    private static final int CALLERS = 1_024;

    /** However many queues share the concurrency. */
    private static final int FEWEST_A_QUEUE = 8;

    private static final int BULKS_ON_THEIR_WAY = 4;

    private @Nullable Opened opened;
    private @Nullable JobEngine running;
    private Disposable settling = Disposables.disposed();

    /** What there is between {@link #open} and {@link #close}. */
    private record Opened(ContenderSettings settings, PostgresJobStore store, JobClient client, String fill) {}

    @Override
    public String name() {
        return "headrace";
    }

    @Override
    public void open(ContenderSettings settings) {
        PostgresMigrations.of(settings.options()).migrate();
        join(settings);
        // The segments of the time to come, as any engine makes them: made later, they would have to read what is
        // there.
        opened().store.decisions().pruneCompleted(COMPLETED_RETENTION).block(PATIENCE);
    }

    @Override
    public void join(ContenderSettings settings) {
        PostgresJobStore store = PostgresJobStore.create(ConnectionFactories.get(settings.options()));
        opened = new Opened(settings, store, JobClient.create(store), Payload.fill(settings.payloadBytes()));
    }

    @Override
    public boolean sharesTables() {
        return true;
    }

    private Opened opened() {
        return Objects.requireNonNull(opened, "not open");
    }

    /** The store, while it is open. */
    public PostgresJobStore store() {
        return opened().store;
    }

    /** By {@code enqueueAll}, a block of ids at a time. */
    @Override
    public void enqueueBulk(int jobs) {
        Opened to = opened();
        int block = JobId.BLOCK_SIZE;
        Flux.range(0, (jobs + block - 1) / block)
                .flatMap(
                        nr -> Mono.defer(() ->
                                to.client.enqueueAll(IntStream.range(nr * block, Math.min(jobs, (nr + 1) * block))
                                        .mapToObj(i -> Payload.job(i, to.fill))
                                        .toList())),
                        BULKS_ON_THEIR_WAY)
                .blockLast(PATIENCE);
    }

    @Override
    public void enqueueSingle(int jobs) {
        enqueueSingle(opened().client, jobs).block(PATIENCE);
    }

    /** Each caller for itself: one operator that merges all answers would search all its callers at each of them. */
    private Mono<Void> enqueueSingle(JobClient client, int jobs) {
        String fill = opened().fill;
        AtomicInteger next = new AtomicInteger();
        Mono<Void> caller = Mono.defer(() -> {
                    int nr = next.getAndIncrement();
                    return nr < jobs ? client.enqueue(Payload.job(nr, fill)) : Mono.empty();
                })
                .repeat(() -> next.get() < jobs)
                .then();
        return Mono.when(Collections.nCopies(CALLERS, caller));
    }

    /** Enqueues by one caller, who waits for each answer: every job is a set of its own. */
    public void enqueueOneByOne(int jobs) {
        Opened to = opened();
        Flux.range(0, jobs)
                .concatMap(i -> to.client.enqueue(Payload.job(i, to.fill)))
                .blockLast(PATIENCE);
    }

    /** Transactions of an application that shares the database, to be closed by the caller. */
    public CallersTransactions transactions() {
        return new CallersTransactions(opened().settings, opened().store, opened().client);
    }

    @Override
    public void drain(int jobs) throws InterruptedException {
        drain(List.of(JobType.DEFAULT_QUEUE), new Countdown(jobs));
    }

    /** The same from several queues, until the countdown has ended. */
    public void drain(List<String> queues, Countdown countdown) throws InterruptedException {
        run(JobHandler.of(Payload.TYPE, job -> countdown.one()), queues, countdown);
    }

    /** Runs an engine until the countdown has ended; returns when the outcomes are recorded. */
    public void run(JobHandler<Payload> handler, List<String> queues, Countdown countdown) throws InterruptedException {
        run(engine(handler, queues), countdown);
    }

    /** Runs this engine until the countdown has ended; returns when the outcomes are recorded. */
    public static void run(JobEngine engine, Countdown countdown) throws InterruptedException {
        engine.start().block(PATIENCE);
        countdown.await(PATIENCE);
        engine.stop().block(PATIENCE);
    }

    /** Enqueues one by one from many callers and runs the jobs meanwhile; returns when the outcome of all is recorded. */
    public void cycle(int jobs) throws InterruptedException {
        Countdown countdown = new Countdown(jobs);
        JobEngine engine = engine(JobHandler.of(Payload.TYPE, job -> countdown.one()), List.of(JobType.DEFAULT_QUEUE));
        engine.start().block(PATIENCE);
        enqueueSingle(engine.client(), jobs).block(PATIENCE);
        countdown.await(PATIENCE);
        engine.stop().block(PATIENCE);
    }

    /** An engine on this contender's store, yet to be started; the queues share the handlers that may run at a time. */
    public JobEngine engine(JobHandler<Payload> handler, List<String> queues) {
        return builder(handler, queues).build();
    }

    /** The same, to be configured further. */
    public JobEngine.Builder builder(JobHandler<Payload> handler, List<String> queues) {
        Opened on = opened();
        int each = on.settings.concurrency() / queues.size();
        int concurrency = Math.max(each, Math.min(FEWEST_A_QUEUE, on.settings.concurrency()));
        JobEngine.Builder builder = JobEngine.builder(on.store).subscribe(handler);
        for (String queue : queues) {
            builder = builder.queue(queue, settings -> settings.concurrency(concurrency));
        }
        return builder;
    }

    @Override
    public void startLatency(LatencyProbe probe) {
        JobHandler<Payload> handler = JobHandler.of(Payload.TYPE, job -> {
            probe.started(job.payload().sequence());
            return Mono.empty();
        });
        JobEngine engine = engine(handler, List.of(JobType.DEFAULT_QUEUE));
        engine.start().block(PATIENCE);
        running = engine;
    }

    /**
     * As {@link #startLatency}, but each handler keeps its thread for a while. It sleeps: a machine with fewer processors than
     * threads could not compute on all of them at a time, and to whoever waits for a thread it is the same.
     */
    public void startKeepingThreads(LatencyProbe probe, Scheduler threads, Duration each) {
        JobHandler<Payload> handler = JobHandler.of(Payload.TYPE, job -> {
            probe.started(job.payload().sequence());
            LockSupport.parkNanos(each.toNanos());
            return Mono.empty();
        });
        JobEngine engine = JobEngine.builder(opened().store)
                .subscribe(handler)
                .handlerScheduler(threads)
                .build();
        engine.start().block(PATIENCE);
        running = engine;
    }

    /** As {@link #startLatency}, but the probe is told when a job's outcome is recorded: hence by deliveries. */
    public void startSettling(LatencyProbe settled) {
        JobEngine engine =
                JobEngine.builder(opened().store).enqueues(Payload.TYPE).build();
        engine.start().block(PATIENCE);
        settling = engine.receive(Payload.TYPE)
                .flatMap(
                        delivery -> delivery.settle(JobOutcome.complete())
                                .doOnSuccess(done ->
                                        settled.started(delivery.job().payload().sequence())),
                        QueueSettings.DEFAULT_CONCURRENCY)
                .subscribe();
        running = engine;
    }

    @Override
    public void enqueueForLatency(long sequence) {
        JobEngine here = running;
        JobClient client = here == null ? opened().client : here.client();
        client.enqueue(Payload.job(sequence, opened().fill)).block(PATIENCE);
    }

    @Override
    public void stopLatency() {
        if (running != null) {
            settling.dispose();
            running.stop().block(PATIENCE);
            running = null;
        }
    }

    /**
     * Asks for the audit.
     *
     * @throws IllegalStateException if a job is not in exactly one place
     */
    public void audit() {
        AuditReport report = Objects.requireNonNull(
                JobOperator.create(opened().store).audit().block(PATIENCE));
        if (!report.isOk()) {
            throw new IllegalStateException("the audit found " + report);
        }
    }

    @Override
    public void close() {
        stopLatency();
        if (opened != null) {
            opened.store.close().block(PATIENCE);
            opened = null;
        }
    }
}
