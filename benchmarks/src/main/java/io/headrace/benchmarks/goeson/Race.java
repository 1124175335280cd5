package io.headrace.benchmarks.goeson;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobOutcome;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Jobs whose timeouts come one after the other, and signals that come about then.
 *
 * @param seen for each job, whether it has waited, what its handler saw then, and whether its signal has woken it
 */
record Race(int jobs, AtomicIntegerArray seen, Countdown done) {

    /** A job's key is this and its number. */
    static final String KEY = "key-";

    private static final int WAITED = 1;
    private static final int SIGNAL = 2;
    private static final int TIMEOUT = 4;
    private static final int WOKEN = 8;

    /** Until the first timeout comes, this and this for each job: by then, all jobs wait. */
    private static final Duration LEAD = Duration.ofMillis(500);

    private static final Duration LEAD_PER_JOB = Duration.ofMillis(1);

    private static final Duration APART = Duration.ofMillis(4);

    /** A job starts some milliseconds after its timeout, so signals come up to this much before or after it. */
    private static final long WITHIN_NANOS = Duration.ofMillis(10).toNanos();

    static Race of(int jobs) {
        return new Race(jobs, new AtomicIntegerArray(jobs), new Countdown(jobs));
    }

    /** Lets a job wait in its first attempt, and looks in the second which of the two has come. */
    Mono<JobOutcome> handle(Job<Payload> job) {
        int nr = (int) job.payload().sequence();
        if (seen.get(nr) == 0) {
            mark(nr, WAITED);
            Duration lead = LEAD.plus(LEAD_PER_JOB.multipliedBy(jobs));
            return Mono.just(JobOutcome.await(KEY + nr, lead.plus(APART.multipliedBy(nr))));
        }
        return Mono.zip(job.signalled(KEY + nr), job.timedOut(KEY + nr))
                .doOnNext(both -> mark(nr, (both.getT1() ? SIGNAL : 0) | (both.getT2() ? TIMEOUT : 0)))
                .then(Mono.defer(done::one))
                .thenReturn(JobOutcome.complete());
    }

    /**
     * Sends each signal about when its timeout comes.
     *
     * @param timeouts when that of each job comes, in {@link System#nanoTime()}
     */
    Mono<Void> signals(JobClient client, List<Long> timeouts) {
        Random random = new Random();
        long now = System.nanoTime();
        return Flux.range(0, jobs)
                .flatMap(
                        nr -> Mono.delay(Duration.ofNanos(
                                        timeouts.get(nr) - now + random.nextLong(-WITHIN_NANOS, WITHIN_NANOS)))
                                .then(client.signal(KEY + nr, nr))
                                .doOnNext(answer -> mark(nr, answer.woken() == 1 ? WOKEN : 0)),
                        jobs)
                .then();
    }

    private void mark(int nr, int what) {
        seen.accumulateAndGet(nr, what, (was, more) -> was | more);
    }

    /** Jobs whose handlers saw their signal. */
    long signalled() {
        return IntStream.range(0, jobs)
                .filter(nr -> (seen.get(nr) & SIGNAL) != 0)
                .count();
    }

    /** Jobs that saw both or neither, or that their signal has woken and that did not see it. */
    long undecided() {
        return IntStream.range(0, jobs).filter(nr -> isUndecided(seen.get(nr))).count();
    }

    private static boolean isUndecided(int seen) {
        boolean one = (seen & (SIGNAL | TIMEOUT)) == SIGNAL || (seen & (SIGNAL | TIMEOUT)) == TIMEOUT;
        return !one || (seen & (WOKEN | SIGNAL)) == WOKEN;
    }
}
