package io.headrace.operate;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What failed jobs have in common: the fingerprint of their last failure. The cause is described by the latest job that is
 * known to have failed like that. Kinds, queues and times are those of the ten jobs that were enqueued last, and of the first
 * one: the cost of a cause is bounded.
 *
 * @param fingerprint 16 hexadecimal digits; {@link FailedJobs#withFingerprint} selects the jobs
 * @param errorType the class name of the error
 * @param frame the line of the stack trace that tells most about where the error comes from: the topmost one of the
 *     application, if there is one; {@code null} if the failure has no trace
 * @param message the message of the latest failure, or {@code null}
 * @param count how many jobs are failed with it
 * @param isAtLeast whether there may be more of them than were counted
 * @param kinds the kinds of these jobs
 * @param queues the queues of these jobs
 * @param firstSeen when the first of them failed
 * @param lastSeen when the last of them failed
 * @param version the version of the engine that ran the latest; {@code null} if it is not known
 * @param latest the latest job
 */
public record FailureCause(
        String fingerprint,
        String errorType,
        @Nullable String frame,
        @Nullable String message,
        long count,
        boolean isAtLeast,
        Set<String> kinds,
        Set<String> queues,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String version,
        JobId latest) {

    public FailureCause {
        kinds = Set.copyOf(kinds);
        queues = Set.copyOf(queues);
    }

    /** Returns this cause without its message, which may contain parts of a payload. */
    public FailureCause withoutMessage() {
        return new FailureCause(
                fingerprint,
                errorType,
                frame,
                null,
                count,
                isAtLeast,
                kinds,
                queues,
                firstSeen,
                lastSeen,
                version,
                latest);
    }
}
