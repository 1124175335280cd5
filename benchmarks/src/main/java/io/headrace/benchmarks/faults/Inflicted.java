package io.headrace.benchmarks.faults;

/**
 * A fault that is over, and what it cost.
 *
 * @param atJob how many jobs were enqueued when it began
 * @param seconds how long it lasted
 * @param recoverySeconds from its end until half the throughput of before was reached; -1 if it was not
 * @param backSeconds from its end until every worker had run a job; -1 if one did not
 * @param stuck how many workers did not, and were killed for it
 * @param clearedSeconds from its end until no lease of before it was left; -1 if one stayed
 * @param repeated runs of handlers beyond the first of their job, since the fault before
 * @param charged innocent jobs that were charged an attempt, since the fault before
 * @param held leases of before its end that were still there after all patience, beyond those of the faults before
 * @param audit {@code ok}, or what is wrong
 */
record Inflicted(
        String name,
        long atJob,
        double seconds,
        double recoverySeconds,
        double backSeconds,
        int stuck,
        double clearedSeconds,
        long repeated,
        long charged,
        long held,
        String audit) {

    boolean auditIsOk() {
        return "ok".equals(audit);
    }
}
