package io.headrace;

import io.headrace.spi.SignalReading;
import java.lang.reflect.Type;
import reactor.core.publisher.Mono;

/** What a handler can do in its attempt at a job, through the methods of {@link Job}. Thread-safe. */
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
}
