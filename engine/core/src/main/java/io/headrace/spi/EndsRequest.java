package io.headrace.spi;

import io.headrace.JobId;
import java.util.Set;

/**
 * Asks how jobs ended.
 *
 * @param jobs jobs that may have ended
 * @param completed jobs that have completed; none of {@code jobs}
 * @param attempts whether the number of its last attempt is wanted for a job that has completed; if not, it may be wrong
 */
public record EndsRequest(Set<JobId> jobs, Set<JobId> completed, boolean attempts) {

    public EndsRequest {
        jobs = Set.copyOf(jobs);
        completed = Set.copyOf(completed);
    }
}
