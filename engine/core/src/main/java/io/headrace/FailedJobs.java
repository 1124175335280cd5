package io.headrace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of the failed tombstones are meant: some by id, all of a kind, or all of a queue. Immutable. */
public sealed interface FailedJobs {

    /** These. Ids that are named twice count once. */
    static FailedJobs byId(Collection<JobId> ids) {
        return new ById(Set.copyOf(Objects.requireNonNull(ids, "ids")));
    }

    /** Those of a kind, in whichever queue. */
    static FailedJobs ofKind(String kind) {
        return new OfKind(Limits.name("kind", kind));
    }

    /** Those of a queue, of whichever kind. */
    static FailedJobs inQueue(String queue) {
        return new InQueue(Limits.name("queue", queue));
    }

    /**
     * For callers that pass on what they were given, such as an endpoint: exactly one of the three is there.
     *
     * @throws InvalidSettingException if none or more than one is
     */
    static FailedJobs select(@Nullable Collection<JobId> ids, @Nullable String kind, @Nullable String queue) {
        List<String> given = new ArrayList<>();
        if (ids != null) {
            given.add("ids");
        }
        if (kind != null) {
            given.add("kind");
        }
        if (queue != null) {
            given.add("queue");
        }
        if (given.size() != 1) {
            throw new InvalidSettingException(
                    "selector", "exactly one of ids, kind and queue says which jobs are meant, given: " + given);
        }
        if (ids != null) {
            return byId(ids);
        }
        return kind != null ? ofKind(kind) : inQueue(queue == null ? "" : queue);
    }

    /** Takes the selection apart: asks the one case that it is. */
    <R> R fold(Cases<R> cases);

    /**
     * An answer for each way of selecting.
     *
     * @param <R> what is answered
     */
    interface Cases<R> {

        /** For {@link ById}. */
        R byId(Set<JobId> ids);

        /** For {@link OfKind}. */
        R ofKind(String kind);

        /** For {@link InQueue}. */
        R inQueue(String queue);
    }

    /** These. */
    record ById(Set<JobId> ids) implements FailedJobs {
        public ById {
            ids = Set.copyOf(ids);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.byId(ids);
        }
    }

    /** Those of a kind. */
    record OfKind(String kind) implements FailedJobs {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.ofKind(kind);
        }
    }

    /** Those of a queue. */
    record InQueue(String queue) implements FailedJobs {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.inQueue(queue);
        }
    }
}
