package io.headrace.spi;

import io.headrace.signal.SignalAnswer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The signals of a store that keeps none: none can be sent, and none has come. */
final class NoSignals implements SignalStore {

    static final SignalStore INSTANCE = new NoSignals();

    private NoSignals() {}

    @Override
    public Mono<SignalAnswer> signal(NewSignal signal) {
        return Mono.error(() -> new UnsupportedOperationException("This store keeps no signals"));
    }

    @Override
    public Mono<List<SignalReading>> read(List<SignalQuestion> questions) {
        return Mono.fromSupplier(
                () -> questions.stream().map(question -> SignalReading.NONE).toList());
    }

    @Override
    public Mono<AwaitedSlice> awaiting(@Nullable String key, @Nullable AwaitedPlace after, int most) {
        return Mono.just(new AwaitedSlice(List.of(), null));
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return Mono.just(0L);
    }
}
