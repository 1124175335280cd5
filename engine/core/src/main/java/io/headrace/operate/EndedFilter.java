package io.headrace.operate;

import io.headrace.JobConstraints;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are watched for their end: those that match everything that is given. Immutable.
 *
 * @param queue only jobs of this queue, or {@code null}
 * @param kind only jobs of this kind, or {@code null}
 * @param onlyFailed only jobs that fail
 */
public record EndedFilter(@Nullable String queue, @Nullable String kind, boolean onlyFailed) {

    /**
     * Creates a filter.
     *
     * @throws io.headrace.InvalidJobException if a name is one that no job can have
     */
    public EndedFilter {
        queue = queue == null ? null : JobConstraints.name("queue", queue);
        kind = kind == null ? null : JobConstraints.name("kind", kind);
    }

    /** Matches every job. */
    public static EndedFilter any() {
        return new EndedFilter(null, null, false);
    }
}
