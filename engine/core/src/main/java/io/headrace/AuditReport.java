package io.headrace;

import java.util.List;

/**
 * The result of checking, at one moment, that every job is in exactly one place.
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
     * @param jobs how many jobs are affected
     * @param example one of them
     */
    public record Finding(What what, long jobs, JobId example) {
        @Override
        public String toString() {
            return jobs + " " + what.description + ", such as " + example;
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
        /** A job holds a unique key that it should have released. */
        KEY_NOT_RELEASED("keeping a unique key past their end"),
        /** A live job or failed tombstone does not hold its unique key. */
        KEY_LOST("without the unique key that is theirs");

        private final String description;

        What(String description) {
            this.description = description;
        }
    }
}
