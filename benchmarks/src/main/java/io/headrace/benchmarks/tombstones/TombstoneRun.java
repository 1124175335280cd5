package io.headrace.benchmarks.tombstones;

import io.headrace.AuditReport;
import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.benchmarks.report.Progress;
import io.headrace.postgres.PostgresJobStore;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One run: an engine grinds what waits; after a while another process retries one kind of tombstones; then an engine comes
 * whose retention has let the other kind grow old. Used by one thread.
 */
final class TombstoneRun {

    private static final String PRUNER = "pruner";
    private static final Duration IDLE_WINDOW = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final TombstoneSettings settings;
    private final PrintStream err;
    private volatile String doing = "tombstones and pending jobs are made";

    TombstoneRun(TombstoneSettings settings, PrintStream err) {
        this.settings = settings;
        this.err = err;
    }

    /** Blocks for as long as it takes. */
    TombstoneOutcome in(Yard yard) throws IOException {
        try (Progress progress = new Progress(err, () -> doing)) {
            yard.stock(settings);
            progress.say(
                    String.format(Locale.ROOT, "%,d pending, %,d tombstones", settings.pending(), yard.tombstones()));
            TombstoneOutcome.Measured measured = measure(yard);
            doing = "the audit";
            return new TombstoneOutcome(settings, measured, audit(yard), yard.tombstones(), yard.version());
        }
    }

    private TombstoneOutcome.Measured measure(Yard yard) throws IOException {
        try (RetryJvm retrier = RetryJvm.start(yard, settings);
                LockWatch watch = LockWatch.start(yard.sql());
                Grinder grinder = new Grinder(yard)) {
            grinder.start();
            doing = "an engine grinds";
            double idle = grindAWhile(grinder);

            doing = "one kind is retried";
            Grinder.Stretch retrying = grinder.begin();
            RetryAnswer answer = retrier.retry();
            double duringRetry = retrying.jobsPerSecond();

            doing = "the other kind is forgotten";
            Grinder.Stretch pruning = grinder.begin();
            double pruneSeconds = prune(yard);
            double duringPrune = pruning.jobsPerSecond();

            return new TombstoneOutcome.Measured(
                    answer,
                    pruneSeconds,
                    new TombstoneOutcome.Pace(idle, duringRetry, duringPrune),
                    new TombstoneOutcome.Locks(
                            watch.of(RetryProcess.APPLICATION),
                            watch.pruning(PRUNER),
                            watch.of(Grinder.APPLICATION),
                            watch.longestGapMillis()));
        }
    }

    /** For some seconds, unless a quarter of what waits is ground before. */
    private double grindAWhile(Grinder grinder) {
        Grinder.Stretch idle = grinder.begin();
        Long looks = Flux.interval(LOOK_EVERY)
                .onBackpressureDrop()
                .takeUntil(tick -> grinder.handled() >= settings.pending() / 4)
                .take(IDLE_WINDOW)
                .count()
                .block();
        return looks == null ? 0 : idle.jobsPerSecond();
    }

    /** By an engine that does nothing else. */
    private double prune(Yard yard) {
        PostgresJobStore store = yard.store(PRUNER);
        JobEngine engine = JobEngine.builder(store)
                .queue("nothing")
                .subscribe(JobType.of("nothing", Errand.class), job -> Mono.empty())
                .failedRetention(Duration.ofMillis(1))
                .build();
        long began = System.nanoTime();
        engine.start().block();
        yard.awaitTombstones(0);
        double seconds = (System.nanoTime() - began) / 1e9;
        engine.stop().then(store.close()).block();
        return seconds;
    }

    private static AuditReport audit(Yard yard) {
        PostgresJobStore store = yard.store("audit");
        try {
            return JobOperator.create(store).audit().blockOptional().orElseThrow();
        } finally {
            store.close().block();
        }
    }
}
