package io.headrace.engine.complete;

import io.headrace.engine.flush.SmartFlush;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.LeaseStore;
import java.util.List;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Asks what became of completions in transactions: of those that are asked about at the same time by one query. Thread-safe. */
final class CompletionLooks {

    private static final int MOST_JOBS = 500;

    private final LeaseStore store;
    private final LongSupplier worker;
    private final SmartFlush<Look> flushes = SmartFlush.ofSeveral(look -> 1, MOST_JOBS, 1, this::flush);

    private record Look(CompletionLook at, MonoSink<CompletionLook.Answer> sink) {}

    CompletionLooks(LeaseStore store, LongSupplier worker) {
        this.store = store;
        this.worker = worker;
        flushes.onBroken((looks, error) -> looks.forEach(look -> look.sink.error(error)));
    }

    Mono<CompletionLook.Answer> look(CompletionLook at) {
        return Mono.create(sink -> flushes.add(new Look(at, sink)));
    }

    private Mono<Void> flush(List<Look> looks) {
        return store.completions(
                        worker.getAsLong(), looks.stream().map(Look::at).toList())
                .doOnNext(answers -> {
                    for (int at = 0; at < looks.size(); at++) {
                        looks.get(at).sink.success(answers.get(at));
                    }
                })
                .then();
    }
}
