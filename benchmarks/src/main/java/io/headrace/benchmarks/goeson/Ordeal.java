package io.headrace.benchmarks.goeson;

import io.headrace.JobClient;
import io.headrace.NewJob;
import io.headrace.benchmarks.goeson.worker.Duty;
import io.headrace.benchmarks.goeson.worker.WorkerProcess;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.process.WorkerJvm;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.Sql;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Jobs that come in portions, and worker processes: at a random point of each portion, one of them is killed, or suspended until
 * others have its jobs. Used by one thread.
 *
 * @param lives how many jobs complete for each that is enqueued
 * @param suspends whether every other worker is suspended instead of killed
 */
record Ordeal(Trial<HeadraceContender> trial, Duty duty, int lives, boolean suspends) {

    private static final int MOST_WORKERS = 3;
    private static final int JOBS_PER_FAULT = 250;
    private static final int FEWEST_FAULTS = 2;
    private static final int LONGEST_DELAY_MILLIS = 30;
    private static final Duration SUSPENDED = WorkerProcess.EXPIRY.plus(WorkerProcess.SWEEP.multipliedBy(2));
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String COMPLETED = "SELECT coalesce(sum(size), 0)::bigint FROM headrace.completed";
    private static final String LIVE =
            "SELECT (SELECT count(*) FROM headrace.pending) + (SELECT count(*) FROM" + " headrace.lease)";
    private static final String TOMBSTONES = "SELECT count(*) FROM headrace.tombstone";

    /**
     * Blocks until every job has completed; how many faults there were.
     *
     * @throws IllegalStateException if a job does not complete, or the audit finds something
     */
    int run(int jobs, IntFunction<NewJob<?>> job) throws IOException {
        int faults = Math.max(FEWEST_FAULTS, jobs / JOBS_PER_FAULT);
        Random random = new Random();
        JobClient client = JobClient.create(trial.contender().store());
        try (Crew crew = Crew.start(trial.database(), duty, Math.min(MOST_WORKERS, faults))) {
            for (int fault = 0; fault < faults; fault++) {
                int from = part(jobs, fault, faults);
                int to = part(jobs, fault + 1, faults);
                client.enqueueAll(IntStream.range(from, to).mapToObj(job).toList())
                        .block(PATIENCE);
                long at = (long) lives * from + random.nextInt(Math.max(1, lives * (to - from)));
                require("jobs complete", crew, () -> sql().number(COMPLETED) >= at);
                Waiting.pass(Duration.ofMillis(random.nextInt(LONGEST_DELAY_MILLIS)));
                inflict(crew.any(random), suspends && fault % 2 == 1);
                crew.replaceTheDead();
            }
            require("no job is left", crew, () -> sql().number(LIVE) == 0);
            check(crew);
            crew.forgetLogs();
        }
        trial.contender().audit();
        return faults;
    }

    private static int part(int jobs, int nr, int parts) {
        return (int) ((long) jobs * nr / parts);
    }

    private static void inflict(WorkerJvm worker, boolean suspends) {
        if (suspends) {
            worker.suspend();
            Waiting.pass(SUSPENDED);
            worker.resume();
        } else {
            worker.kill();
        }
    }

    private void check(Crew crew) {
        long tombstones = sql().number(TOMBSTONES);
        if (tombstones > 0) {
            throw new IllegalStateException(tombstones + " jobs are tombstones; the workers log into " + crew.logs());
        }
    }

    private static void require(String what, Crew crew, BooleanSupplier condition) {
        Waiting.require(what + "; the workers log into " + crew.logs(), PATIENCE, condition);
    }

    private Sql sql() {
        return trial.database().sql();
    }
}
