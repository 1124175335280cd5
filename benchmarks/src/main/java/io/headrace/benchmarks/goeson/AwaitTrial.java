package io.headrace.benchmarks.goeson;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.benchmarks.goeson.worker.Duty;
import io.headrace.benchmarks.goeson.worker.Question;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.latency.Latencies;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.SteadyRate;
import io.headrace.benchmarks.run.Trial;
import java.time.Duration;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Requests that each enqueue a job and respond with its result, one after the other: with the handler in this process, and in
 * another.
 */
record AwaitTrial() implements GoesOnTrial {

    private static final int PER_SECOND = 100;

    /** Not counted: they find cold code and cold connections, or a process that is about to start. */
    private static final int MOST_FIRST = 2_000;

    private static final int FIRST_PER_SAMPLE = 10;
    private static final int FIRST_AT_A_TIME = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LONGEST_NANOS = PATIENCE.toNanos();
    private static final int DIGITS = 3;

    @Override
    public String name() {
        return "await";
    }

    @Override
    public void measure(Bench bench, GoesOnSettings settings, Measurements measured) throws Exception {
        Latencies.add(measured, "await", here(bench, settings.samples()), "");
        Latencies.add(measured, "await_other_process", elsewhere(bench, settings.samples()), "");
    }

    private static Histogram here(Bench bench, int samples) throws Exception {
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            JobEngine engine = Question.subscribe(
                            JobEngine.builder(trial.contender().store()))
                    .queue(
                            JobType.DEFAULT_QUEUE,
                            queue -> queue.concurrency(bench.settings().concurrency()))
                    .build();
            engine.start().block(PATIENCE);
            Histogram histogram = ask(engine.client(), samples);
            engine.stop().block(PATIENCE);
            trial.contender().audit();
            return histogram;
        }
    }

    private static Histogram elsewhere(Bench bench, int samples) throws Exception {
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender());
                Crew crew = Crew.start(trial.database(), Duty.ANSWERS, 1)) {
            Histogram histogram = ask(JobClient.create(trial.contender().store()), samples);
            crew.forgetLogs();
            return histogram;
        }
    }

    private static Histogram ask(JobClient client, int samples) {
        Flux.range(0, Math.min(FIRST_PER_SAMPLE * samples, MOST_FIRST))
                .flatMap(nr -> request(client, nr), FIRST_AT_A_TIME)
                .blockLast(PATIENCE);
        Histogram histogram = new Histogram(LONGEST_NANOS, DIGITS);
        SteadyRate times = SteadyRate.of(PER_SECOND);
        for (int nr = 0; nr < samples; nr++) {
            var unused = times.await(nr);
            long began = System.nanoTime();
            long answer = Objects.requireNonNull(request(client, nr).block(PATIENCE));
            histogram.recordValue(System.nanoTime() - began);
            if (answer != Question.answer(nr)) {
                throw new IllegalStateException("the answer to " + nr + " was " + answer);
            }
        }
        return histogram;
    }

    private static Mono<Long> request(JobClient client, int nr) {
        return client.enqueue(Question.TYPE.job(new Question(nr)))
                .flatMap(enqueued -> client.await(enqueued.id(), Long.class));
    }
}
