package io.headrace.benchmarks.scale;

import io.headrace.benchmarks.contender.ContenderJvm;
import io.headrace.benchmarks.headrace.Backlog;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Engines in JVMs of their own, which stay from run to run, so that they are warm. Used by one thread. */
final class Engines implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int WARM_UP_ROUNDS = 4;
    private static final String COMPLETED = "SELECT coalesce(sum(size), 0) FROM headrace.completed";

    private final List<Integer> counts;
    private final List<ContenderJvm> jvms = new ArrayList<>();

    Engines(List<Integer> counts) {
        this.counts = List.copyOf(counts);
    }

    List<Integer> counts() {
        return counts;
    }

    /** Each by itself, several times: a process that has just begun would compile what the others run. */
    void warmUp(Bench bench) throws Exception {
        int most = counts.stream().mapToInt(count -> count).max().orElse(0);
        for (int nr = 0; nr < most; nr++) {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                var unused = rate(bench, nr, nr + 1);
            }
        }
    }

    /** From the word to start until the last outcome is recorded. */
    double rate(Bench bench, int count) throws Exception {
        return rate(bench, 0, count);
    }

    private double rate(Bench bench, int from, int to) throws Exception {
        int jobs = bench.settings().jobs();
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            Backlog.in(trial.database(), bench.settings().payloadBytes()).inBulk(jobs);
            while (jvms.size() < to) {
                jvms.add(ContenderJvm.start(HeadraceContender.class, bench.contenderSettings(trial.database())));
            }
            List<ContenderJvm> workers = jvms.subList(from, to);
            for (ContenderJvm worker : workers) {
                worker.open(trial.database().name());
            }
            double rate =
                    Trial.rate(jobs, () -> work(workers, jobs, trial.database().sql()));
            for (ContenderJvm worker : workers) {
                worker.stop();
            }
            trial.contender().audit();
            return rate;
        }
    }

    private static void work(List<ContenderJvm> workers, int jobs, Sql sql) throws Exception {
        for (ContenderJvm worker : workers) {
            worker.beginStart();
        }
        for (ContenderJvm worker : workers) {
            worker.await();
        }
        Waiting.require(jobs + " jobs are completed", PATIENCE, () -> sql.number(COMPLETED) >= jobs);
    }

    @Override
    public void close() {
        jvms.forEach(ContenderJvm::close);
    }
}
