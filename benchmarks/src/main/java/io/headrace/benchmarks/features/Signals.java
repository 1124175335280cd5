package io.headrace.benchmarks.features;

import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.benchmarks.headrace.Payload;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each job waits for a signal that has come already, so it runs again at once, and reads it. */
record Signals() implements Feature {

    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final int SIGNALS_AT_A_TIME = 16;

    @Override
    public String name() {
        return "signal";
    }

    @Override
    public String what() {
        return "waiting for a signal that has come before, and reading it";
    }

    @Override
    public void prepare(Place place, Numbers numbers) {
        Flux.fromStream(() -> numbers.stream().boxed())
                .flatMap(nr -> place.client().signal(key(nr), nr), SIGNALS_AT_A_TIME)
                .blockLast(Place.PATIENCE);
    }

    @Override
    public JobHandler<Payload> handler(JobHandler<Payload> plain) {
        Set<Long> waited = ConcurrentHashMap.newKeySet();
        return JobHandler.of(Payload.TYPE, job -> {
            long nr = job.payload().sequence();
            if (waited.add(nr)) {
                return Mono.just(JobOutcome.await(key(nr), TIMEOUT));
            }
            return job.signal(key(nr), Long.class)
                    .thenMany(Flux.from(plain.function().apply(job)))
                    .then(Mono.fromSupplier(JobOutcome::complete));
        });
    }

    private static String key(long nr) {
        return "signal-" + nr;
    }
}
