package io.headrace.engine.observed;

import io.headrace.observe.StoreCall;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.NewSignal;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.SignalReading;
import io.headrace.spi.SignalStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Signals of which an observer is told when they are sent. */
record ObservedSignals(SignalStore signals, ObservedCalls calls) implements SignalStore {

    @Override
    public Mono<SignalAnswer> signal(NewSignal signal) {
        return calls.told(StoreCall.SIGNAL, () -> signals.signal(signal), SignalAnswer::woken);
    }

    @Override
    public Mono<List<SignalReading>> read(List<SignalQuestion> questions) {
        return signals.read(questions);
    }

    @Override
    public Mono<AwaitedSlice> awaiting(@Nullable String key, @Nullable AwaitedPlace after, int most) {
        return signals.awaiting(key, after, most);
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return signals.prune(retention);
    }
}
