package io.headrace.operate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list of jobs. A page may have fewer jobs than were asked for, even none, and still not be the last: a call
 * reads only so much.
 *
 * @param jobs the jobs
 * @param next the cursor of the next page; {@code null} if this is the last one
 * @param searchedTo if the page is short because the call had read enough, how far it came: waiting jobs are searched by
 *     due time, forwards; failed, cancelled and discarded ones by the time of their enqueue, and completed ones by the time
 *     of their completion, backwards. Otherwise {@code null}
 */
public record JobPage(
        List<JobItem> jobs, @Nullable String next, @Nullable Instant searchedTo) {

    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
