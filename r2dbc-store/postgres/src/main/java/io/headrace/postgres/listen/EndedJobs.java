package io.headrace.postgres.listen;

import io.headrace.JobId;
import io.headrace.spi.WakeUp;
import java.util.HashSet;
import java.util.Set;

/** Reads which jobs have ended: ids in hexadecimal, separated by commas, with a {@code -} before those that did not complete. */
final class EndedJobs {

    private static final char NOT_COMPLETED = '-';
    private static final int HEXADECIMAL = 16;

    private EndedJobs() {}

    static WakeUp.Ended parse(String sent) {
        Set<JobId> completed = new HashSet<>();
        Set<JobId> others = new HashSet<>();
        for (String job : sent.split(",", -1)) {
            boolean isOther = job.charAt(0) == NOT_COMPLETED;
            JobId id = new JobId(Long.parseLong(job, isOther ? 1 : 0, job.length(), HEXADECIMAL));
            (isOther ? others : completed).add(id);
        }
        return new WakeUp.Ended(completed, others);
    }
}
