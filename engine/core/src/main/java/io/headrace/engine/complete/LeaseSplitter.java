package io.headrace.engine.complete;

import io.headrace.engine.flush.SmartFlush;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.LeasedPart;
import java.util.List;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Gives jobs leases of their own: those that ask at the same time by one statement. Thread-safe. */
final class LeaseSplitter {

    private static final int MOST_JOBS = 500;

    private final LeaseStore store;
    private final LongSupplier worker;
    private final SmartFlush<Split> flushes = SmartFlush.ofSeveral(split -> 1, MOST_JOBS, 1, this::flush);

    private record Split(LeasedPart part, MonoSink<Long> sink) {}

    LeaseSplitter(LeaseStore store, LongSupplier worker) {
        this.store = store;
        this.worker = worker;
        flushes.onBroken((splits, error) -> splits.forEach(split -> split.sink.error(error)));
    }

    /** The lease in which the job is alone; 0 if it has left its lease. A split that is on its way is not withdrawn. */
    Mono<Long> split(LeasedPart part) {
        return Mono.create(sink -> flushes.add(new Split(part, sink)));
    }

    private Mono<Void> flush(List<Split> splits) {
        return store.split(worker.getAsLong(), splits.stream().map(Split::part).toList())
                .doOnNext(leases -> {
                    for (int at = 0; at < splits.size(); at++) {
                        splits.get(at).sink.success(leases.get(at));
                    }
                })
                .then();
    }
}
