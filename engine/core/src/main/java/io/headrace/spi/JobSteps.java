package io.headrace.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a job.
 *
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param steps its steps in the order in which they were recorded, each once
 * @param cursor how far its cursor was moved; {@code null} if it never was
 */
public record JobSteps(
        long job, List<StoredStep> steps, @Nullable StoredCursor cursor) {

    public JobSteps {
        steps = List.copyOf(steps);
    }

    /** A job of which nothing is recorded. */
    public static JobSteps none(long job) {
        return new JobSteps(job, List.of(), null);
    }
}
