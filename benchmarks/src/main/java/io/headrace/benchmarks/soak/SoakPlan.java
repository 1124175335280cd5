package io.headrace.benchmarks.soak;

import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** A run is one engine and one producer in this process; who looks at them every second is the only one beside them. */
final class SoakPlan implements Plan {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Duration duration;
    private final int rate;
    /** Of the run that was last. */
    private Soaked last = new Soaked(List.of());

    SoakPlan(Duration duration, int jobsPerSecond) {
        this.duration = duration;
        this.rate = jobsPerSecond;
    }

    @Override
    public int steps() {
        return 1;
    }

    @Override
    public void warmUp(Bench bench) throws Exception {
        Duration brief = duration.compareTo(WARM_UP) < 0 ? duration : WARM_UP;
        new SoakPlan(brief, rate).run(bench, new Measurements());
    }

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        bench.step(rate + " jobs a second for " + duration.toSeconds() + " s");
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            last = soak(bench, trial);
            last.addTo(measured);
            trial.contender().audit();
        }
    }

    private Soaked soak(Bench bench, Trial<HeadraceContender> trial) {
        AtomicLong handled = new AtomicLong();
        JobHandler<Payload> handler =
                JobHandler.of(Payload.TYPE, job -> Mono.<Void>fromRunnable(handled::incrementAndGet));
        JobEngine engine = trial.contender().engine(handler, List.of(JobType.DEFAULT_QUEUE));
        engine.start().block(PATIENCE);
        List<Sample> samples = new ArrayList<>();
        String fill = Payload.fill(bench.settings().payloadBytes());
        long enqueued;
        try (SteadyLoad load = new SteadyLoad(engine.client(), rate, fill)) {
            Sql sql = trial.database().sql();
            long began = System.nanoTime();
            for (long second = 0; second <= duration.toSeconds(); second++) {
                long early = began + second * SECOND.toNanos() - System.nanoTime();
                Waiting.pass(Duration.ofNanos(Math.max(0, early)));
                samples.add(Sample.take(Waiting.secondsSince(began), load.enqueued(), handled.get(), sql));
            }
            enqueued = load.enqueued();
        }
        Waiting.require("all jobs are handled", PATIENCE, () -> handled.get() >= enqueued);
        engine.stop().block(PATIENCE);
        return new Soaked(samples);
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        return last.plots();
    }
}
