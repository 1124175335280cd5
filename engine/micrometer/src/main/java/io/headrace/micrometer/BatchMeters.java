package io.headrace.micrometer;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What is measured of the calls of a batch handler. Thread-safe. */
final class BatchMeters {

    private final Timer run;
    private final DistributionSummary jobs;

    BatchMeters(MeterRegistry registry, Tags tags) {
        this.run = Timer.builder("headrace.batch.run")
                .description("Duration of calls of batch handlers")
                .tags(tags)
                .register(registry);
        this.jobs = DistributionSummary.builder("headrace.batch.jobs")
                .description("Jobs in a call of a batch handler")
                .baseUnit("jobs")
                .tags(tags)
                .register(registry);
    }

    void called(int count, long ranNanos) {
        run.record(ranNanos, TimeUnit.NANOSECONDS);
        jobs.record((double) count);
    }
}
