package io.headrace.spi;

import io.headrace.operate.Decision;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The log of a store that keeps none: decisions are carried out, and none is on record. */
final class NoOperatorLog implements OperatorLog {

    static final OperatorLog INSTANCE = new NoOperatorLog();

    private NoOperatorLog() {}

    @Override
    public Mono<Long> begin(NewDecision decision) {
        return Mono.just(0L);
    }

    @Override
    public Mono<Void> answer(long id, @Nullable Long count, String answer) {
        return Mono.empty();
    }

    @Override
    public Flux<Decision> page(@Nullable Long before, int most) {
        return Flux.empty();
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return Mono.just(0L);
    }
}
