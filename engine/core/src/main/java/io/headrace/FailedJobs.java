package io.headrace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A selection of failed tombstones: by id, by kind, by queue, or by fingerprint. Immutable. */
public sealed interface FailedJobs {

    /** Selects jobs by id. Duplicate ids count once. */
    static FailedJobs byId(Collection<JobId> ids) {
        return new ById(Set.copyOf(Objects.requireNonNull(ids, "ids")));
    }

    /** Selects the jobs of a kind, in any queue. */
    static FailedJobs ofKind(String kind) {
        return new OfKind(JobConstraints.name("kind", kind));
    }

    /** Selects the jobs of a queue, of any kind. */
    static FailedJobs inQueue(String queue) {
        return new InQueue(JobConstraints.name("queue", queue));
    }

    /**
     * Selects the jobs whose last failure has a given fingerprint, of any kind and in any queue.
     *
     * @param fingerprint 16 hexadecimal digits, see {@link AttemptFailure#fingerprint()}
     * @throws InvalidSettingException if it is not a fingerprint
     */
    static FailedJobs withFingerprint(String fingerprint) {
        return new WithFingerprint(fingerprint);
    }

    /**
     * Selects jobs by whichever argument is present, for callers that pass on parameters, such as an endpoint. Exactly
     * one of the four must be present.
     *
     * @throws InvalidSettingException if none or more than one is present
     */
    static FailedJobs select(
            @Nullable Collection<JobId> ids,
            @Nullable String kind,
            @Nullable String queue,
            @Nullable String fingerprint) {
        List<String> given = new ArrayList<>();
        List<FailedJobs> selected = new ArrayList<>();
        if (ids != null) {
            given.add("ids");
            selected.add(byId(ids));
        }
        if (kind != null) {
            given.add("kind");
            selected.add(ofKind(kind));
        }
        if (queue != null) {
            given.add("queue");
            selected.add(inQueue(queue));
        }
        if (fingerprint != null) {
            given.add("fingerprint");
            selected.add(withFingerprint(fingerprint));
        }
        if (given.size() != 1) {
            throw new InvalidSettingException(
                    "selector", "specify exactly one of ids, kind, queue and fingerprint; given: " + given);
        }
        return selected.get(0);
    }

    /** Calls the method of {@code cases} that matches this selection, and returns its result. */
    <R> R fold(Cases<R> cases);

    /**
     * One method for each kind of selection.
     *
     * @param <R> the type of the result
     */
    interface Cases<R> {

        /** For {@link ById}. */
        R byId(Set<JobId> ids);

        /** For {@link OfKind}. */
        R ofKind(String kind);

        /** For {@link InQueue}. */
        R inQueue(String queue);

        /** For {@link WithFingerprint}. */
        R withFingerprint(String fingerprint);
    }

    /** Jobs selected by id. */
    record ById(Set<JobId> ids) implements FailedJobs {
        public ById {
            ids = Set.copyOf(ids);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.byId(ids);
        }
    }

    /** The jobs of a kind. */
    record OfKind(String kind) implements FailedJobs {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.ofKind(kind);
        }
    }

    /** The jobs of a queue. */
    record InQueue(String queue) implements FailedJobs {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.inQueue(queue);
        }
    }

    /** The jobs whose last failure has a given fingerprint. */
    record WithFingerprint(String fingerprint) implements FailedJobs {

        public WithFingerprint {
            fingerprint = JobConstraints.fingerprint(fingerprint);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.withFingerprint(fingerprint);
        }
    }
}
