package io.headrace.bulk;

import io.headrace.InvalidSettingException;
import io.headrace.JobConstraints;
import org.jspecify.annotations.Nullable;

/**
 * A selection of jobs that wait to run, by queue, by kind, or by both. Immutable.
 *
 * @param queue the queue in which they wait; {@code null} for any
 * @param kind their kind; {@code null} for any
 */
public record WaitingJobs(@Nullable String queue, @Nullable String kind) {

    /**
     * Creates a selection.
     *
     * @throws InvalidSettingException if neither is present
     */
    public WaitingJobs {
        if (queue == null && kind == null) {
            throw new InvalidSettingException("selector", "specify queue, kind or both; none is given");
        }
        queue = queue == null ? null : JobConstraints.name("queue", queue);
        kind = kind == null ? null : JobConstraints.name("kind", kind);
    }

    /** Selects the jobs that wait in a queue, of any kind. */
    public static WaitingJobs inQueue(String queue) {
        return new WaitingJobs(queue, null);
    }

    /** Selects the waiting jobs of a kind, in any queue. */
    public static WaitingJobs ofKind(String kind) {
        return new WaitingJobs(null, kind);
    }
}
