package io.headrace.benchmarks.latency;

import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.contender.ContenderJvm;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.contender.LatencyProbe;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;

/**
 * Measures how long jobs wait for their handlers, in a database of the trial's own.
 *
 * @param rate jobs a second
 */
public record LatencyTrial(Bench bench, int rate, int jobs) {

    /** Not counted: the first jobs find cold code and cold connections, and a worker's process is new each time. */
    private static final int FIRST_JOBS = 10_000;

    private static final int FIRST_RATE = 1_000;

    /** The workers are in the process that enqueues. */
    public Latencies here(Contender contender) throws Exception {
        try (Trial<Contender> trial = bench.trial(contender)) {
            Recorder recorder = new Recorder();
            trial.contender().startLatency(recorder::startedNow);
            Latencies latencies = measure(contender, recorder);
            contender.stopLatency();
            return latencies;
        }
    }

    /** The workers are in another process. */
    public Latencies elsewhere(Contender contender) throws Exception {
        try (Trial<Contender> trial = bench.trial(contender)) {
            Recorder recorder = new Recorder();
            ContenderSettings settings = bench.contenderSettings(trial.database());
            try (ContenderJvm worker = ContenderJvm.start(contender.getClass(), settings, recorder::startedElsewhere)) {
                worker.open(settings.database());
                worker.beginStart();
                worker.await();
                Latencies latencies = measure(contender, recorder);
                worker.stop();
                return latencies;
            }
        }
    }

    /** As {@link #here}, but until the outcome is recorded. */
    Latencies untilSettled() throws Exception {
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            Recorder recorder = new Recorder();
            LatencyProbe settled = recorder::startedNow;
            trial.contender().startSettling(settled);
            Latencies latencies = measure(trial.contender(), recorder);
            trial.contender().stopLatency();
            return latencies;
        }
    }

    private Latencies measure(Contender contender, Recorder recorder) throws Exception {
        new OpenLoop(FIRST_RATE, recorder.begin(Math.min(10 * jobs, FIRST_JOBS))).run(contender);
        Moments moments = recorder.begin(jobs);
        new OpenLoop(rate, moments).run(contender);
        return new Latencies(moments.fromCommit(), moments.fromIntended());
    }
}
