package io.headrace.testkit.memory.signal;

import io.headrace.signal.SignalAnswer;
import io.headrace.spi.NewSignal;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.SignalReading;
import io.headrace.spi.SignalStore;
import io.headrace.testkit.memory.enqueue.MemoryIntake;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Steps;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Signals in memory. */
public final class MemorySignals implements SignalStore {

    private final Steps steps;
    private final Contents contents;

    public MemorySignals(Steps steps, Contents contents) {
        this.steps = steps;
        this.contents = contents;
    }

    @Override
    public Mono<SignalAnswer> signal(NewSignal signal) {
        return steps.step(now -> {
            String value = signal.value();
            if (value != null) {
                MemoryIntake.requireStorable("signal", value);
            }
            return new SignalStep(contents.places(), now).send(signal);
        });
    }

    @Override
    public Mono<List<SignalReading>> read(List<SignalQuestion> questions) {
        return steps.step(now -> {
            SignalStep step = new SignalStep(contents.places(), now);
            return questions.stream().map(step::read).toList();
        });
    }

    @Override
    public Mono<AwaitedSlice> awaiting(@Nullable String key, @Nullable AwaitedPlace after, int most) {
        return steps.step(now -> new SignalStep(contents.places(), now).awaiting(key, after, most));
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return steps.step(now -> new SignalStep(contents.places(), now).prune(retention));
    }
}
