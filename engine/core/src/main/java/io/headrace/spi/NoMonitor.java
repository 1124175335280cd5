package io.headrace.spi;

import io.headrace.operate.Activity;
import io.headrace.operate.EngineMark;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The monitor of a store that has none. */
final class NoMonitor implements JobMonitor {

    static final JobMonitor INSTANCE = new NoMonitor();

    private NoMonitor() {}

    @Override
    public Mono<LiveReading> live() {
        return refused();
    }

    @Override
    public Mono<Activity> activity(Duration width, int buckets) {
        return refused();
    }

    @Override
    public Flux<EngineMark> marks(Duration back) {
        return Flux.empty();
    }

    private static <T> Mono<T> refused() {
        return Mono.error(() -> new UnsupportedOperationException("This store cannot be watched"));
    }
}
