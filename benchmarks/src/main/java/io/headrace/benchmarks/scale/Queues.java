package io.headrace.benchmarks.scale;

import io.headrace.benchmarks.headrace.Backlog;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;
import java.util.List;
import java.util.stream.IntStream;

/** One engine on many queues, over which the jobs are spread evenly. */
record Queues(List<Integer> counts) {

    /** The same however many queues there are. */
    private static final int SET_SIZE = 100;

    static double rate(Bench bench, int count) throws Exception {
        int jobs = bench.settings().jobs();
        List<String> names =
                IntStream.range(0, count).mapToObj(nr -> "queue-" + nr).toList();
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            Backlog.in(trial.database(), bench.settings().payloadBytes()).dealt(names, jobs, SET_SIZE);
            double rate = Trial.rate(jobs, () -> trial.contender().drain(names, new Countdown(jobs)));
            trial.contender().audit();
            return rate;
        }
    }
}
