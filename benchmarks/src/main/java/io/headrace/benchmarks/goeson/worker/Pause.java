package io.headrace.benchmarks.goeson.worker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;

/** The work of a handler, in which it may be killed. */
final class Pause {

    private static final int SHORTEST_MILLIS = 2;
    private static final int LONGEST_MILLIS = 30;

    private Pause() {}

    /** Some milliseconds. */
    static Mono<Void> brief() {
        return Mono.defer(() -> {
            int millis = ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS + 1);
            return Mono.delay(Duration.ofMillis(millis)).then();
        });
    }
}
