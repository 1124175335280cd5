package io.headrace.benchmarks.firstminute;

import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.contender.ContenderJvm;
import io.headrace.benchmarks.headrace.Backlog;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process that is started on a backlog in a database of its own.
 *
 * @param jobs how many wait
 */
record FreshStart(Bench bench, Entrant entrant, int jobs) {

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** Between the last moment that is asked for and the count after it. */
    private static final Duration MARGIN = Duration.ofMillis(200);

    /**
     * Runs it for so long after its workers were told to start.
     *
     * @param ends whether it ends by itself, as a process must that writes an archive
     */
    Start run(List<String> flags, Duration length, boolean ends) throws Exception {
        try (Trial<Contender> trial = bench.trial(entrant.contender().get())) {
            stock(trial);
            Counts counts = new Counts();
            try (ContenderJvm jvm = ContenderJvm.startCounting(
                    trial.contender().getClass(), bench.contenderSettings(trial.database()), flags, counts::add)) {
                jvm.open(trial.database().name());
                long engineNanos = System.nanoTime();
                jvm.beginStart();
                jvm.await();
                awaitEnd(engineNanos, length);
                if (ends) {
                    jvm.stop();
                    jvm.end();
                }
                return new Start(jvm.startedNanos(), engineNanos, counts);
            }
        }
    }

    /** On a slow machine, starting the workers may have taken longer. */
    private static void awaitEnd(long engineNanos, Duration length) {
        Duration left = length.plus(MARGIN).minusNanos(System.nanoTime() - engineNanos);
        Waiting.pass(left.isNegative() ? MARGIN : left);
    }

    private void stock(Trial<Contender> trial) throws Exception {
        if (entrant.isOurs()) {
            Backlog.in(trial.database(), bench.settings().payloadBytes()).inBulk(jobs);
        } else {
            trial.contender().enqueueBulk(jobs);
        }
        new Sql(trial.database().options(), Map.of(), PATIENCE).run("VACUUM (ANALYZE)", "CHECKPOINT");
    }
}
