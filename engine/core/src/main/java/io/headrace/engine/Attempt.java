package io.headrace.engine;

import io.headrace.spi.Verdict;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** An attempt that is under way, and can be broken off from outside. Thread-safe. */
final class Attempt {

    private final long job;
    private final Sinks.Empty<Void> broken = Sinks.empty();
    private volatile @Nullable Verdict instead;

    Attempt(long job) {
        this.job = job;
    }

    long job() {
        return job;
    }

    /** Cancels the handler; the attempt ends with the verdict, or with none if its lease is lost. */
    void breakOff(@Nullable Verdict verdict) {
        instead = verdict;
        broken.tryEmitEmpty();
    }

    /** Completes when the attempt is broken off. */
    Mono<Void> broken() {
        return broken.asMono();
    }

    @Nullable
    Verdict instead() {
        return instead;
    }
}
