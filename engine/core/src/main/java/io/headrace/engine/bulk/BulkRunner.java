package io.headrace.engine.bulk;

import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.GuardedCall;
import io.headrace.spi.BulkStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Carries out the operations that this process has started or taken over, each chunk by chunk. After each chunk it rests for
 * longer than the chunk took, so that claims find the database free. The store decides whose an operation is: a runner whose
 * lease went to another finds out with its next step. Thread-safe.
 */
public final class BulkRunner {

    private static final Logger log = LoggerFactory.getLogger(BulkRunner.class);

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SHORTEST_REST = Duration.ofMillis(20);
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);
    /** How much longer than a chunk the rest after it is, for each operation that this process carries out. */
    private static final int REST_PER_WORK = 4;

    /** How often a process at most looks for operations to take over because somebody has seen one. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private static final int TRIES = 5;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final BulkStore store;
    private final Scheduler clock;
    private final Disposable.Composite running = Disposables.composite();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicLong lookDueNanos;

    public BulkRunner(BulkStore store, Scheduler clock) {
        this.store = store;
        this.clock = clock;
        this.lookDueNanos = new AtomicLong(clock.now(TimeUnit.NANOSECONDS));
    }

    /** Records an operation, and carries it out in the background. */
    public Mono<BulkOperation> start(BulkAction action, String by) {
        return Mono.defer(() -> {
            long runner = draw();
            return GuardedCall.of(() -> store.start(action, by, runner, LEASE))
                    .doOnNext(operation -> run(operation, runner));
        });
    }

    /** Goes on, in the background, with whatever operations have lost their process. */
    public void takeOver() {
        long runner = draw();
        subscribe(
                "Looking for bulk operations to take over",
                GuardedCall.of(() -> store.takeOver(runner, LEASE)).doOnNext(operation -> {
                    log.info("Taking over bulk operation {} of {}", operation.id(), operation.startedBy());
                    run(operation, runner);
                    takeOver();
                }));
    }

    /** Somebody has seen an operation. If it has not ended, its process may be gone, and there may be no engine. */
    public void seen(BulkOperation operation) {
        long now = clock.now(TimeUnit.NANOSECONDS);
        long due = lookDueNanos.get();
        if (!operation.state().isEnded()
                && now - due >= 0
                && lookDueNanos.compareAndSet(due, now + BETWEEN_LOOKS.toNanos())) {
            takeOver();
        }
    }

    /** Begins no further chunk. The operations wait for another process. */
    public void stop() {
        running.dispose();
    }

    private void run(BulkOperation operation, long runner) {
        active.incrementAndGet();
        subscribe(
                "Bulk operation " + operation.id(),
                chunk(operation.id(), runner)
                        .repeat()
                        .takeUntil(BulkRunner::isOver)
                        .last()
                        .doOnNext(end -> end.ifPresent(BulkRunner::tell))
                        .doFinally(signal -> active.decrementAndGet()));
    }

    /** One chunk, and the rest after it; empty if the operation went to another. */
    private Mono<Optional<BulkOperation>> chunk(String id, long runner) {
        return Mono.defer(() -> {
            long began = clock.now(TimeUnit.NANOSECONDS);
            return GuardedCall.of(() -> store.step(id, runner, LEASE))
                    .retryWhen(Retry.backoff(TRIES, BETWEEN_TRIES).scheduler(clock))
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .delayUntil(after -> isOver(after)
                            ? Mono.empty()
                            : Mono.delay(rest(clock.now(TimeUnit.NANOSECONDS) - began), clock));
        });
    }

    private static boolean isOver(Optional<BulkOperation> after) {
        return after.isEmpty() || after.get().state().isEnded();
    }

    private Duration rest(long tookNanos) {
        Duration wanted = Duration.ofNanos(tookNanos).multipliedBy((long) REST_PER_WORK * active.get());
        if (wanted.compareTo(SHORTEST_REST) < 0) {
            return SHORTEST_REST;
        }
        return wanted.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : wanted;
    }

    /** After a failure, another process takes the operation over. */
    private void subscribe(String what, Mono<?> work) {
        Disposable.Swap own = Disposables.swap();
        if (running.add(own)) {
            own.update(work.doFinally(signal -> running.remove(own))
                    .subscribe(
                            done -> {},
                            error -> log.warn(
                                    "{} failed; an engine will go on with it: {}", what, ErrorText.firstLine(error))));
        }
    }

    private static void tell(BulkOperation ended) {
        log.info(
                "Bulk operation {} of {} is {}: {} matched, {} done, {} raced, {} pruned",
                ended.id(),
                ended.startedBy(),
                ended.state(),
                ended.matched(),
                ended.done(),
                ended.raced(),
                ended.pruned());
    }

    private static long draw() {
        return ThreadLocalRandom.current().nextLong();
    }
}
