package io.headrace.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A step that has run.
 *
 * @param lease the lease under which the job runs: the fence
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param name unique among the steps of the job; the caller sees to it
 * @param value what it returned, as JSON text; {@code null} if it was empty
 * @param took how long it ran
 */
public record NewStep(
        long lease, long job, String name, @Nullable String value, Duration took) {

    /** The same under another lease. */
    public NewStep under(long otherLease) {
        return new NewStep(otherLease, job, name, value, took);
    }
}
