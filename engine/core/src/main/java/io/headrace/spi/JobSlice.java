package io.headrace.spi;

import io.headrace.operate.JobItem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs in one state, as {@link JobInspector#jobs} returns them.
 *
 * @param jobs the jobs
 * @param next where the next slice begins, a text that only the store understands; {@code null} if there is no more
 * @param searchedTo how far the search came, if it ended because it had read enough; otherwise {@code null}
 * @param read about how many rows and pages were read beyond those of the jobs: a listing stops when it is enough
 */
public record JobSlice(
        List<JobItem> jobs, @Nullable String next, @Nullable Instant searchedTo, int read) {

    public JobSlice {
        jobs = List.copyOf(jobs);
    }
}
