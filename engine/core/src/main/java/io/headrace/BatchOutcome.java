package io.headrace;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a batch handler decides about one job of its call: an outcome, or an error. Immutable.
 *
 * <p>A batch handler emits these for the jobs about which it has something to say, one by one or in an {@code Iterable}.
 * When its publisher completes, they are recorded. A plain {@link JobOutcome}, emitted once, decides about all jobs that
 * have no outcome of their own. Without it, they are completed.
 *
 * @param job the id of the job
 * @param outcome the outcome; {@code null} if there is an error
 * @param error the error, about which the retry policy decides; {@code null} if there is an outcome
 */
public record BatchOutcome(
        JobId job, @Nullable JobOutcome outcome, @Nullable Throwable error) {

    /** @throws IllegalArgumentException if there is neither an outcome nor an error, or both */
    public BatchOutcome {
        Objects.requireNonNull(job, "job");
        if ((outcome == null) == (error == null)) {
            throw new IllegalArgumentException("Job " + job + " needs an outcome or an error, and not both");
        }
    }

    /** Decides about a job as a handler of single jobs would. */
    public static BatchOutcome of(Job<?> job, JobOutcome outcome) {
        return new BatchOutcome(job.id(), Objects.requireNonNull(outcome, "outcome"), null);
    }

    /** Fails the attempt of a job. The retry policy and the attempts of this job decide what follows. */
    public static BatchOutcome failed(Job<?> job, Throwable error) {
        return new BatchOutcome(job.id(), null, Objects.requireNonNull(error, "error"));
    }
}
