package io.headrace.engine.step;

import io.headrace.LeaseLostException;
import io.headrace.observe.StepEnd;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A step that is not on record: its work runs, and what it returns is recorded before anybody sees it. */
final class StepRun<T> {

    private final AttemptSteps attempt;
    private final String name;
    private final Type type;
    private final Recorder record;
    private long beganNanos;
    private long ranNanos;

    /** How a step is recorded. */
    @FunctionalInterface
    interface Recorder {

        /**
         * Records what a step returned.
         *
         * @param value as JSON; {@code null} if it was empty
         * @return completes when it is recorded, where the caller is to go on
         */
        Mono<Void> of(@Nullable String value, Duration took);
    }

    StepRun(AttemptSteps attempt, String name, Type type, Recorder record) {
        this.attempt = attempt;
        this.name = name;
        this.type = type;
        this.record = record;
    }

    Mono<T> run(Supplier<? extends Mono<? extends T>> work) {
        beganNanos = attempt.now();
        return attempt.intercepted(name, Mono.<T>defer(work))
                .map(value -> Optional.of(attempt.values().writeStep(attempt.job(), name, value)))
                .defaultIfEmpty(Optional.empty())
                .flatMap(value -> record(value.orElse(null)))
                .doOnError(error ->
                        attempt.ended(error instanceof LeaseLostException ? StepEnd.LOST : StepEnd.FAILED, ran()));
    }

    /** What is emitted was read from what is recorded: no attempt sees another value than the others. */
    @SuppressWarnings("unchecked") // the caller says that the type is that of T
    private Mono<T> record(@Nullable String value) {
        ranNanos = attempt.now() - beganNanos;
        T read = value == null ? null : (T) attempt.read(name, value, type);
        attempt.requireRunning("step '" + name + "'");
        return record.of(value, Duration.ofNanos(ranNanos)).then(Mono.fromSupplier(() -> {
            attempt.ended(StepEnd.RECORDED, ranNanos);
            return read;
        }));
    }

    private long ran() {
        return ranNanos == 0 ? attempt.now() - beganNanos : ranNanos;
    }
}
