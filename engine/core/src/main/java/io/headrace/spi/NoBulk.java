package io.headrace.spi;

import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkPreview;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The operations of a store that keeps none: there is nothing to carry out, and none can be started. */
final class NoBulk implements BulkStore {

    static final BulkStore INSTANCE = new NoBulk();

    private NoBulk() {}

    @Override
    public Mono<BulkOperation> start(BulkAction action, String by, long runner, Duration lease) {
        return refused();
    }

    @Override
    public Mono<BulkOperation> takeOver(long runner, Duration lease) {
        return Mono.empty();
    }

    @Override
    public Mono<BulkOperation> step(String id, long runner, Duration lease) {
        return Mono.empty();
    }

    @Override
    public Mono<BulkOperation> find(String id) {
        return Mono.empty();
    }

    @Override
    public Flux<BulkOperation> list(int most) {
        return Flux.empty();
    }

    @Override
    public Mono<Void> stop(String id) {
        return Mono.empty();
    }

    @Override
    public Mono<BulkPreview> preview(BulkAction action) {
        return refused();
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return Mono.just(0L);
    }

    private static <T> Mono<T> refused() {
        return Mono.error(() -> new UnsupportedOperationException("This store keeps no bulk operations"));
    }
}
