package io.headrace.benchmarks.goeson;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.latency.Latencies;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.SteadyRate;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.Sql;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/** An idle engine whose jobs wait, and a client with connections of its own that signals one after the other. */
record SignalTrial() implements GoesOnTrial {

    private static final int PER_SECOND = 25;

    /** Not counted: they find cold code and cold connections. */
    private static final int FIRST = 100;

    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LONGEST_NANOS = PATIENCE.toNanos();
    private static final int DIGITS = 3;
    private static final String WAITING = "SELECT count(*) FROM headrace.awaited WHERE outcome IS NULL";

    /** When each job was signalled, and when its handler started afterwards, of {@link System#nanoTime()}. */
    private record Moments(AtomicLongArray signalled, BlockingQueue<Long> started) {

        Mono<JobOutcome> handle(Job<Payload> job) {
            int nr = (int) job.payload().sequence();
            if (signalled.get(nr) == 0) {
                return Mono.just(JobOutcome.await(key(nr), TIMEOUT));
            }
            started.add(System.nanoTime());
            return Mono.just(JobOutcome.complete());
        }
    }

    @Override
    public String name() {
        return "signal";
    }

    @Override
    public void measure(Bench bench, GoesOnSettings settings, Measurements measured) throws Exception {
        int samples = settings.samples();
        int jobs = Math.min(samples, FIRST) + samples;
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            Moments moments = new Moments(new AtomicLongArray(jobs), new LinkedBlockingQueue<>());
            JobEngine engine = trial.contender()
                    .engine(JobHandler.of(Payload.TYPE, moments::handle), List.of(JobType.DEFAULT_QUEUE));
            engine.start().block(PATIENCE);
            trial.contender().enqueueBulk(jobs);
            Sql sql = trial.database().sql();
            Waiting.require("all jobs wait", PATIENCE, () -> sql.number(WAITING) == jobs);
            PostgresJobStore other = PostgresJobStore.create(
                    ConnectionFactories.get(trial.database().options()));
            Latencies.add(measured, "signal_to_start", signal(JobClient.create(other), moments, samples), "");
            engine.stop().then(other.close()).block(PATIENCE);
            trial.contender().audit();
        }
    }

    private static Histogram signal(JobClient client, Moments moments, int samples) throws InterruptedException {
        Histogram histogram = new Histogram(LONGEST_NANOS, DIGITS);
        SteadyRate times = SteadyRate.of(PER_SECOND);
        int jobs = moments.signalled.length();
        for (int nr = 0; nr < jobs; nr++) {
            var unused = times.await(nr);
            long began = System.nanoTime();
            moments.signalled.set(nr, began);
            client.signal(key(nr), nr).block(PATIENCE);
            Long started = Objects.requireNonNull(
                    moments.started.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS),
                    "a job that was signalled did not start");
            if (nr >= jobs - samples) {
                histogram.recordValue(started - began);
            }
        }
        return histogram;
    }

    private static String key(int nr) {
        return "key-" + nr;
    }
}
