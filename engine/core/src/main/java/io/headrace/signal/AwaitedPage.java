package io.headrace.signal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs that wait for signals, ordered by key and then by job.
 *
 * @param waits the jobs of this page; may be empty although more follow
 * @param next the cursor of the next page, or {@code null} if this is the last one
 */
public record AwaitedPage(
        List<AwaitedSignal> waits, @Nullable String next) {

    public AwaitedPage {
        waits = List.copyOf(waits);
    }
}
