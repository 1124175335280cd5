package io.headrace.benchmarks.features;

import io.headrace.Job;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.Payload;
import reactor.core.publisher.Mono;

/** Each handler reports its progress once. */
record ProgressReports() implements Feature {

    private static final int HALF = 50;

    @Override
    public String name() {
        return "progress";
    }

    @Override
    public String what() {
        return "one progress report";
    }

    @Override
    public Mono<Void> handle(Job<Payload> job, Countdown done) {
        job.progress(HALF, "half of it");
        return done.one();
    }
}
