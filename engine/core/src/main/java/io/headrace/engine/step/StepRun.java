package io.headrace.engine.step;

import io.headrace.InvalidStepException;
import io.headrace.JobConstraints;
import io.headrace.LeaseLostException;
import io.headrace.observe.StepEnd;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A step that is not on record: its work runs, and what it returns is recorded before anybody sees it. */
final class StepRun<T> {

    private final AttemptSteps attempt;
    private final String name;
    private final Type type;
    private final KnownSteps known;
    private final Scheduler answersOn;
    private long beganNanos;
    private long ranNanos;

    /** @param answersOn where it is emitted what was recorded */
    StepRun(AttemptSteps attempt, String name, Type type, KnownSteps known, Scheduler answersOn) {
        this.attempt = attempt;
        this.name = name;
        this.type = type;
        this.known = known;
        this.answersOn = answersOn;
    }

    Mono<T> run(Supplier<? extends Mono<? extends T>> work) {
        if (known.size() >= JobConstraints.MAX_STEPS) {
            return Mono.error(new InvalidStepException(
                    name,
                    "is one too many: a job has at most " + JobConstraints.MAX_STEPS
                            + " steps. Keep the position of a long loop with cursor()"));
        }
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
        Recording recording = new Recording(attempt.job(), known, name, value, Duration.ofNanos(ranNanos));
        return Mono.defer(() -> {
                    known.leaves(recording);
                    return attempt.stepper().record(recording);
                })
                .publishOn(answersOn)
                .then(Mono.fromSupplier(() -> {
                    attempt.ended(StepEnd.RECORDED, ranNanos);
                    return read;
                }));
    }

    private long ran() {
        return ranNanos == 0 ? attempt.now() - beganNanos : ranNanos;
    }
}
