package io.headrace;

import io.headrace.spi.JobTransaction;
import io.headrace.spi.SignalReading;
import java.lang.reflect.Type;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a handler can do in its attempt at a job, through the methods of {@link Job}. Thread-safe. The defaults are for runs
 * outside of an engine, in tests of handlers: steps run their work, and nothing is recorded.
 */
public interface JobRun {

    /** A run outside of an engine, for tests of handlers: nothing is recorded. */
    JobRun DETACHED = progress -> {};

    /** See {@link Job#progress(int, String)}. */
    void progress(JobProgress progress);

    /**
     * See {@link Job#signal(String, Class)}.
     *
     * @return empty in a run outside of an engine
     */
    default <T> Mono<T> signal(String key, Type type) {
        return Mono.empty();
    }

    /** See {@link Job#signalled} and {@link Job#timedOut}: neither in a run outside of an engine. */
    default Mono<SignalReading.State> signalState(String key) {
        return Mono.just(SignalReading.State.NONE);
    }

    /** See {@link Job#step(String, Type, Supplier)}. */
    default <T> Mono<T> step(String name, Type type, Supplier<? extends Mono<? extends T>> work) {
        return Mono.defer(work);
    }

    /** See {@link Job#stepIn(JobTransaction, String, Type, Supplier)}. */
    default <T> Mono<T> stepIn(
            JobTransaction transaction, String name, Type type, Supplier<? extends Mono<? extends T>> work) {
        return Mono.defer(work);
    }

    /** See {@link Job#blockingStep}. */
    default <T> @Nullable T blockingStep(String name, Type type, Callable<? extends T> work) throws Exception {
        return work.call();
    }

    /** See {@link Job#cursor(Type)}. */
    default <T> Mono<T> cursor(Type type) {
        return Mono.empty();
    }

    /** See {@link Job#cursor(Object)}. */
    default Mono<Void> moveCursor(Object to) {
        return Mono.empty();
    }

    /** See {@link Job#completeIn(JobTransaction, JobOutcome)}. */
    default Mono<Void> completeIn(JobTransaction transaction, JobOutcome outcome) {
        return Mono.empty();
    }

    /** See {@link Job#prepareTransaction()}. */
    default Mono<Void> prepareTransaction() {
        return Mono.empty();
    }
}
