package io.headrace.samples.quickstart;

import io.headrace.AuditReport;
import io.headrace.Enqueued;
import io.headrace.JobEngine;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * A run that has ended.
 *
 * @param jobs how many were enqueued
 * @param tally what the handlers found
 * @param failed what was not handled, as the store has it
 * @param audit what the store says of itself
 */
record Outcome(int jobs, Tally tally, List<JobSnapshot> failed, AuditReport audit) {

    private static final int LOOKED_UP_AT_A_TIME = 4;

    /** Asks the store what became of the jobs: what was not handled must be a tombstone. Blocks. */
    static Outcome of(List<Enqueued> jobs, Tally tally, JobEngine engine) {
        Flux<JobSnapshot> failed = Flux.fromIterable(jobs)
                .filter(job -> !tally.contains(job.id()))
                .flatMapSequential(job -> engine.client().find(job.id()), LOOKED_UP_AT_A_TIME);
        return failed.collectList()
                .zipWith(
                        engine.operator().audit(),
                        (snapshots, audit) -> new Outcome(jobs.size(), tally, snapshots, audit))
                .blockOptional()
                .orElseThrow();
    }

    /** How many attempts failed and were made again. */
    long retried() {
        return tally.handled().stream().mapToLong(file -> file.attempts() - 1).sum()
                + failed.stream()
                        .mapToLong(job -> Math.max(0, job.attempt() - 1))
                        .sum();
    }

    /** What is wrong: what the audit found, and where it and this process have counted differently. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        if (!audit.isOk()) {
            findings.add(audit.toString());
        }
        int handled = tally.handled().size();
        long tombstones =
                failed.stream().filter(job -> job.state() == JobState.FAILED).count();
        compare("completed", handled, audit.completed(), findings);
        compare("tombstones", tombstones, audit.tombstones(), findings);
        compare("ended", jobs, audit.completed() + audit.tombstones(), findings);
        return findings;
    }

    private static void compare(String what, long expected, long counted, List<String> findings) {
        if (expected != counted) {
            findings.add(what + " should be " + expected + ", is " + counted);
        }
    }
}
