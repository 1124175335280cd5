package io.headrace.benchmarks.scale;

import io.headrace.benchmarks.headrace.Backlog;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.server.Sql;
import java.time.Duration;
import java.util.Map;

/**
 * Due jobs of a kind that no engine handles, in front of those that one does.
 *
 * @param count how many of them, each in a set of its own: the most rows that a claim can meet; 0 to leave it out
 */
record Unhandled(int count) {

    private static final String KIND = "nobodys";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    int steps() {
        return count > 0 ? 2 : 0;
    }

    /** The drain of the jobs that are handled: with the others in front, or without. */
    double rate(Bench bench, boolean withOthers) throws Exception {
        int jobs = bench.settings().jobs();
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            Backlog backlog = Backlog.in(trial.database(), bench.settings().payloadBytes());
            if (withOthers) {
                backlog.ofKind(KIND).oneByOne(count);
            }
            backlog.inBulk(jobs);
            new Sql(trial.database().options(), Map.of(), PATIENCE).run("VACUUM (ANALYZE)", "CHECKPOINT");
            double rate = trial.drainRate(jobs);
            trial.contender().audit();
            return rate;
        }
    }
}
