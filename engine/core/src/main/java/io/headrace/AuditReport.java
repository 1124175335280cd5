package io.headrace;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of checking, at one moment, that every job is in exactly one place, and every schedule has a next time and the
 * jobs of its fires.
 *
 * @param jobs the number of jobs in the store
 * @param pending how many of them are waiting to run
 * @param leased how many are under a lease
 * @param completed how many have completed
 * @param tombstones how many are failed, cancelled or discarded
 * @param pruned how many tombstones were pruned after their retention
 * @param findings the violations that were found; empty if there are none
 */
public record AuditReport(
        long jobs, long pending, long leased, long completed, long tombstones, long pruned, List<Finding> findings) {

    public AuditReport {
        findings = List.copyOf(findings);
    }

    /** Whether no violation was found. */
    public boolean isOk() {
        return findings.isEmpty();
    }

    /** Returns {@code ok}, or the findings in one line. */
    @Override
    public String toString() {
        return isOk() ? "ok" : findings.toString();
    }

    /**
     * A single violation.
     *
     * @param what the kind of violation
     * @param jobs how many jobs are affected; of a violation about schedules, how many schedules or fires
     * @param example one of the jobs; {@code null} if it is about none
     * @param schedule one of the schedules; {@code null} if it is about none
     */
    public record Finding(
            What what,
            long jobs,
            @Nullable JobId example,
            @Nullable String schedule) {

        /** Creates a violation about jobs. */
        public Finding(What what, long jobs, JobId example) {
            this(what, jobs, example, null);
        }

        @Override
        public String toString() {
            return jobs + " " + what.description + ", such as "
                    + Stream.of(example, schedule == null ? null : "schedule '" + schedule + "'")
                            .filter(Objects::nonNull)
                            .map(Object::toString)
                            .collect(Collectors.joining(" of "));
        }
    }

    /** The kinds of violations. */
    public enum What {
        /** A job is in none of the places. */
        NOWHERE("in no place"),
        /** A job is in more than one place, or twice in one place. */
        TWICE("in two places"),
        /** The job of a live id is not stored. */
        WITHOUT_JOB("without their job"),
        /** The recorded size of a set differs from the number of its ids. */
        WRONG_SIZE("in a set of another size"),
        /** A row of a job, or of a set of jobs, breaks a rule that all rows of its table keep. */
        MALFORMED("with a row that breaks a rule of its table"),
        /** A job holds a unique key that it should have released. */
        KEY_NOT_RELEASED("keeping a unique key past their end"),
        /** A live job or failed tombstone does not hold its unique key. */
        KEY_LOST("without the unique key that is theirs"),
        /** A failure names a stack trace that is not stored. */
        TRACE_GONE("with a failure whose stack trace is gone"),
        /** A job waits for a signal that has come. */
        SIGNAL_MISSED("waiting for a signal that has come"),
        /** A job that has not completed has a result. */
        RESULT_TOO_EARLY("with a result, though they have not completed"),
        /** A client is registered as waiting for a job, and the registration expired over an hour ago. */
        WAITER_LEFT("with a registration of somebody who awaited them that expired long ago"),
        /** A step of a job is on record more than once, and not with the same value from the same attempt. */
        STEP_TWICE("with a step that is on record twice"),
        /** A schedule that is neither paused nor ended has no next time. */
        SCHEDULE_STOPPED("schedules without a next time"),
        /** An instant of a schedule has more than one fire on record. */
        FIRED_TWICE("fires on record more than once"),
        /** A fire has enqueued a job that does not exist, and that cannot have been pruned yet. */
        FIRE_WITHOUT_JOB("fires without their job"),
        /** A schedule waits without a waiting fire on record, or a fire waits for which no schedule does. */
        WAITING_LOST("fires that wait for nothing, or are waited for in vain");

        private final String description;

        What(String description) {
            this.description = description;
        }
    }
}
