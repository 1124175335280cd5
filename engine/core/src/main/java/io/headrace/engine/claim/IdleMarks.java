package io.headrace.engine.claim;

import io.headrace.engine.flush.SmartFlush;
import io.headrace.spi.WorkerRegistry;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Tells the store on which queues an engine waits, one statement at a time: queues that fall idle meanwhile are told together. All
 * of them are in the one row of the worker, so more statements would wait for each other. Thread-safe.
 */
public final class IdleMarks {

    private static final int MOST = 1_000;

    private final WorkerRegistry workers;
    private final LongSupplier worker;
    private final SmartFlush<Mark> marks = SmartFlush.ofSeveral(mark -> 1, MOST, 1, this::tell);

    private record Mark(String queue, Runnable told, Runnable failed) {}

    /** @param worker says under which id the store knows this engine */
    public IdleMarks(WorkerRegistry workers, LongSupplier worker) {
        this.workers = workers;
        this.worker = worker;
        marks.onBroken((batch, error) -> batch.forEach(mark -> mark.failed.run()));
    }

    /** Exactly one of the two is run, on any thread. */
    void add(String queue, Runnable told, Runnable failed) {
        marks.add(new Mark(queue, told, failed));
    }

    private Mono<Void> tell(List<Mark> batch) {
        Set<String> queues = batch.stream().map(Mark::queue).collect(Collectors.toUnmodifiableSet());
        return workers.markIdle(worker.getAsLong(), queues)
                .doOnSuccess(nothing -> batch.forEach(mark -> mark.told.run()));
    }
}
