package io.headrace.benchmarks.goeson;

import io.headrace.JobHandler;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.RunSettings;
import reactor.core.publisher.Mono;

/** Jobs with three steps, beside the same jobs without. What a step costs is the difference. */
record StepsTrial() implements GoesOnTrial {

    private static final int STEPS = 3;
    private static final double THOUSAND = 1_000;

    private static final String RATE = "steps_jobs_per_s";
    private static final String RATE_WITHOUT = "steps_plain_jobs_per_s";

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public void measure(Bench bench, GoesOnSettings settings, Measurements measured) throws Exception {
        RunSettings given = bench.settings();
        Bench half = bench.with(new RunSettings(
                Math.max(1, given.jobs() / 2), given.payloadBytes(), given.concurrency(), given.runs()));
        CountedDrain.Drained without = new CountedDrain(half, StepsTrial::plain).measure();
        CountedDrain.Drained with = new CountedDrain(half, StepsTrial::inSteps).measure();
        measured.add(RATE_WITHOUT, without.jobsPerSecond(), "jobs/s");
        measured.add(RATE, with.jobsPerSecond(), "jobs/s");
        measured.addRatio("steps_over_plain", RATE, RATE_WITHOUT);
        measured.add(
                "wal_bytes_per_step", (with.cost().walBytes() - without.cost().walBytes()) / STEPS, "bytes");
        measured.add(
                "statements_per_1000_steps",
                (with.cost().statements() - without.cost().statements()) / STEPS * THOUSAND,
                "statements");
    }

    private static JobHandler<Payload> plain(Countdown done) {
        return JobHandler.of(Payload.TYPE, job -> done.one());
    }

    private static JobHandler<Payload> inSteps(Countdown done) {
        return JobHandler.of(
                Payload.TYPE,
                job -> job.step(
                                "reserve",
                                Long.class,
                                () -> Mono.just(job.payload().sequence()))
                        .flatMap(nr -> job.step("charge", String.class, () -> Mono.just("charge-" + nr)))
                        .flatMap(charge -> job.step("ship", String.class, () -> Mono.just("for " + charge)))
                        .then(Mono.defer(done::one)));
    }
}
