package io.headrace;

import java.util.List;

/**
 * The conservation law, checked at one moment: every job is in exactly one place.
 *
 * @param jobs how many jobs the store holds
 * @param pending how many of them are waiting
 * @param leased how many are under a lease
 * @param completed how many have finished
 * @param tombstones how many ended badly, or were let go
 * @param pruned how many tombstones have been forgotten, their retention over
 * @param findings what is wrong; empty when nothing is
 */
public record AuditReport(
        long jobs, long pending, long leased, long completed, long tombstones, long pruned, List<Finding> findings) {

    public AuditReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing is wrong. */
    public boolean isOk() {
        return findings.isEmpty();
    }

    /** {@code ok}, or what is wrong, in one line. */
    @Override
    public String toString() {
        return isOk() ? "ok" : findings.toString();
    }

    /**
     * One thing that is wrong.
     *
     * @param what what it is
     * @param jobs how many jobs it touches
     * @param example one of them
     */
    public record Finding(What what, long jobs, JobId example) {
        @Override
        public String toString() {
            return jobs + " " + what.description + ", such as " + example;
        }
    }

    /** What can be wrong. */
    public enum What {
        /** A job that is in none of the places. */
        NOWHERE("in no place"),
        /** A job that is in more than one place, or twice in one. */
        TWICE("in two places"),
        /** A live id whose job is not stored. */
        WITHOUT_JOB("without their job"),
        /** A set whose recorded size is not the number of its ids. */
        WRONG_SIZE("in a set of another size"),
        /** A unique key that is held by a job which should have released it. */
        KEY_NOT_RELEASED("keeping a unique key past their end"),
        /** A live job or failed tombstone whose unique key it does not hold. */
        KEY_LOST("without the unique key that is theirs");

        private final String description;

        What(String description) {
            this.description = description;
        }
    }
}
