package io.headrace.engine.observed;

import io.headrace.Enqueued;
import io.headrace.engine.guard.GuardedCall;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StoreCall;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Calls of a store, {@linkplain GuardedCall guarded}, of which an observer is told what each brought and how long it took.
 *
 * @param outage is told when calls fail and when they are answered again; {@code null} for nobody
 */
record ObservedCalls(JobObserver observer, @Nullable Outage outage) {

    /** @param jobs how many were in the call, by its answer */
    <T> Mono<T> told(StoreCall call, Supplier<Mono<T>> asked, ToLongFunction<T> jobs) {
        Mono<T> guarded = GuardedCall.of(asked);
        if (observer == JobObserver.NONE) {
            return guarded;
        }
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return guarded.doOnNext(answer -> observer.answered(call, jobs.applyAsLong(answer), since(began)))
                    .doOnError(error -> observer.failed(call, error, since(began)));
        });
    }

    /** The same for a call whose failures show that the store is away. */
    <T> Mono<T> watched(StoreCall call, Supplier<Mono<T>> asked, ToLongFunction<T> jobs) {
        Mono<T> told = told(call, asked, jobs);
        Outage watch = outage;
        return watch == null
                ? told
                : told.doOnNext(answer -> watch.answered(call)).doOnError(error -> watch.failed(call, error));
    }

    /** Tells of each job that the store took. */
    void enqueued(List<EncodedJob> jobs, List<Enqueued> answers) {
        if (observer == JobObserver.NONE) {
            return;
        }
        for (int i = 0; i < jobs.size(); i++) {
            EncodedJob job = jobs.get(i);
            observer.enqueued(job.queue(), job.kind(), answers.get(i).created());
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
