package io.headrace.benchmarks.features;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobHandler;
import io.headrace.RetryPolicy;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.Payload;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Every tenth job fails once and is retried. */
record FirstAttemptsFail() implements Feature {

    private static final RetryPolicy SOON = RetryPolicy.defaults().backoff(Backoff.fixed(Duration.ofMillis(10)));
    private static final int ONE_IN = 10;

    @Override
    public String name() {
        return "retries";
    }

    @Override
    public String what() {
        return "a failed first attempt, one job in ten";
    }

    @Override
    public JobHandler<Payload> handler(JobHandler<Payload> plain) {
        return plain.retry(SOON);
    }

    @Override
    public Mono<Void> handle(Job<Payload> job, Countdown done) {
        boolean fails = job.attempt() == 1 && job.payload().sequence() % ONE_IN == 0;
        return fails ? Mono.error(new IllegalStateException("the first attempt fails")) : done.one();
    }
}
