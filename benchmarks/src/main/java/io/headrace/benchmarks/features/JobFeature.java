package io.headrace.benchmarks.features;

import io.headrace.NewJob;
import io.headrace.benchmarks.headrace.Payload;
import java.time.Duration;

/**
 * A feature that is a setting of the job.
 *
 * @param due how long to wait until all jobs are due
 */
record JobFeature(String name, String what, Duration due, Setting setting) implements Feature {

    /** What is set. */
    interface Setting {
        NewJob<Payload> on(NewJob<Payload> job, int nr);
    }

    JobFeature(String name, String what, Setting setting) {
        this(name, what, Duration.ZERO, setting);
    }

    @Override
    public NewJob<Payload> job(NewJob<Payload> plain, int nr) {
        return setting.on(plain, nr);
    }
}
