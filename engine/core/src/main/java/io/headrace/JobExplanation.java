package io.headrace;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a job is not running, or what became of it, at one moment, see {@link JobOperator#why}. Immutable and
 * thread-safe.
 *
 * @param job the id that was asked about
 * @param reason the reason; of several, the one that must end first
 * @param also further reasons why a waiting job would not run even if {@code reason} ended now; usually empty
 */
public record JobExplanation(JobId job, JobReason reason, List<JobReason> also) {

    public JobExplanation {
        also = List.copyOf(also);
    }

    /** Explains a job by a single reason. */
    public static JobExplanation of(JobId job, JobReason reason) {
        return new JobExplanation(job, reason, List.of());
    }

    /** Returns all reasons in plain English, one sentence or two for each. */
    public String describe() {
        return Stream.concat(Stream.of(reason), also.stream())
                .map(JobReason::describe)
                .collect(Collectors.joining(" "));
    }
}
