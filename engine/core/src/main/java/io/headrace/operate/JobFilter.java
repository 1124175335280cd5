package io.headrace.operate;

import io.headrace.InvalidSettingException;
import io.headrace.JobConstraints;
import io.headrace.JobState;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are listed: those that match everything that is given. Immutable.
 *
 * <p>A unique key is found among waiting, leased and failed jobs, which have it to themselves, among cancelled and
 * discarded ones, and among completed ones that keep it for longer ({@link io.headrace.NewJob#uniqueFor}). Without a
 * kind, it is looked up for the first 200 kinds that have keys.
 *
 * <p>A fingerprint is that of the last failure of a failed, cancelled or discarded job.
 *
 * @param state only jobs in this state, or {@code null} for all states
 * @param queue only jobs of this queue, or {@code null}
 * @param kind only jobs of this kind, or {@code null}
 * @param uniqueKey only jobs that were enqueued with this unique key, or {@code null}
 * @param fingerprint only jobs with this fingerprint, 16 hexadecimal digits, or {@code null}
 */
public record JobFilter(
        @Nullable JobState state,
        @Nullable String queue,
        @Nullable String kind,
        @Nullable String uniqueKey,
        @Nullable String fingerprint) {

    private static final JobFilter ANY = new JobFilter(null, null, null, null, null);

    /**
     * Creates a filter.
     *
     * @throws io.headrace.InvalidJobException if a name or the key is one that no job can have
     * @throws InvalidSettingException if the fingerprint is malformed, or jobs in the state have none
     */
    public JobFilter {
        queue = queue == null ? null : JobConstraints.name("queue", queue);
        kind = kind == null ? null : JobConstraints.name("kind", kind);
        uniqueKey = uniqueKey == null ? null : JobConstraints.key("uniqueKey", uniqueKey);
        fingerprint = fingerprint == null ? null : JobConstraints.fingerprint(fingerprint);
        if (fingerprint != null && state != null && (state.isLive() || state == JobState.COMPLETED)) {
            throw new InvalidSettingException(
                    "fingerprint", "is known of failed, cancelled and discarded jobs, not of those in state " + state);
        }
    }

    /** Matches every job. */
    public static JobFilter any() {
        return ANY;
    }

    /** Returns this filter for jobs in a state, or in any with {@code null}. */
    public JobFilter withState(@Nullable JobState only) {
        return new JobFilter(only, queue, kind, uniqueKey, fingerprint);
    }

    /** Returns this filter for the jobs of a queue, or of any with {@code null}. */
    public JobFilter withQueue(@Nullable String only) {
        return new JobFilter(state, only, kind, uniqueKey, fingerprint);
    }

    /** Returns this filter for the jobs of a kind, or of any with {@code null}. */
    public JobFilter withKind(@Nullable String only) {
        return new JobFilter(state, queue, only, uniqueKey, fingerprint);
    }

    /** Returns this filter for the jobs with a unique key, or with and without one with {@code null}. */
    public JobFilter withUniqueKey(@Nullable String only) {
        return new JobFilter(state, queue, kind, only, fingerprint);
    }

    /** Returns this filter for the jobs with a fingerprint, or with any and none with {@code null}. */
    public JobFilter withFingerprint(@Nullable String only) {
        return new JobFilter(state, queue, kind, uniqueKey, only);
    }
}
