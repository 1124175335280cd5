package io.headrace.benchmarks.latency;

import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;
import java.time.Duration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Jobs that come one by one while handlers keep their threads: 60 a second, each for 40 ms, on four threads, of which 2.4 are
 * busy on average. A job that waits for a certain thread while another idles shows in the longest wait.
 */
record TrickleTrial(Bench bench, int jobs) {

    private static final int THREADS = 4;
    private static final int RATE = 60;
    private static final Duration HANDLER = Duration.ofMillis(40);

    /** Not counted: they find cold code and cold connections. */
    private static final int FIRST_JOBS = 60;

    private static final double MOST = 100;

    /** Adds the longest wait from when a job was to be enqueued until its handler started, over the handler's time. */
    void addTo(Measurements measured) throws Exception {
        Scheduler threads = Schedulers.newParallel(THREADS, Thread::new);
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            Recorder recorder = new Recorder();
            trial.contender().startKeepingThreads(recorder::startedNow, threads, HANDLER);
            new OpenLoop(RATE, recorder.begin(FIRST_JOBS)).run(trial.contender());
            Moments moments = recorder.begin(jobs);
            new OpenLoop(RATE, moments).run(trial.contender());
            trial.contender().stopLatency();
            trial.contender().audit();
            measured.add(
                    "trickle_wait_over_handler",
                    Latencies.at(moments.fromIntended(), MOST) / HANDLER.toMillis(),
                    "ratio");
        } finally {
            threads.dispose();
        }
    }
}
