package io.headrace.postgres.list;

import io.headrace.operate.JobItem;
import io.headrace.spi.JobSlice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that was found, and the position after it.
 *
 * @param next where a list goes on that ends with this job
 */
record Listed(JobItem job, Position next) {

    /** Whether more were found than asked for: statements look for one more. */
    static boolean isFull(List<Listed> found, int most) {
        return found.size() > most;
    }

    /** The slice of as many as asked for; if no more were found, of all of them, and the list ends. */
    static JobSlice slice(List<Listed> found, int most) {
        return isFull(found, most) ? full(found, most, 0) : all(found, null, null, 0);
    }

    /** The slice of as many as asked for, when more were found. */
    static JobSlice full(List<Listed> found, int most, int read) {
        return new JobSlice(
                jobs(found.subList(0, most)), found.get(most - 1).next().toString(), null, read);
    }

    /** The slice of all that were found. */
    static JobSlice all(List<Listed> found, @Nullable Position next, @Nullable Instant searchedTo, int read) {
        return new JobSlice(jobs(found), next == null ? null : next.toString(), searchedTo, read);
    }

    private static List<JobItem> jobs(List<Listed> found) {
        return found.stream().map(Listed::job).toList();
    }
}
