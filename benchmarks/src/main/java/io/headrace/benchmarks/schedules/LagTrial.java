package io.headrace.benchmarks.schedules;

import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.benchmarks.latency.Latencies;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.schedules.fleet.Fleet;
import io.headrace.benchmarks.schedules.fleet.Tick;
import io.headrace.benchmarks.server.Server;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.schedule.Every;
import io.headrace.schedule.Fire;
import io.headrace.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/**
 * From the instant of a fire until its handler starts, in an engine that does nothing else. The handler reads the system's
 * clock, which is the server's as well if both are on one machine.
 *
 * @param schedules that each fire every second, evenly spread over it
 * @param coldFires the first ones, of an engine that has just started
 * @param fires the ones after these
 */
record LagTrial(int schedules, int coldFires, int fires) implements ScheduleTrial {

    private static final Instant FULL_SECOND = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int DIGITS = 3;

    @Override
    public String name() {
        return "lag";
    }

    @Override
    public void run(Server server, TrialLog log) {
        try (ScheduleDatabase database = ScheduleDatabase.in(server)) {
            PostgresJobStore store = database.openStore();
            AtomicReference<Histogram> lags = new AtomicReference<>(histogram());
            JobEngine engine = engine(store, lags);
            engine.start().block();
            try {
                Latencies.add(log.measurements(), "cold_lag", collect(coldFires, lags, log, "cold"), "");
                FireTable table = new FireTable(database.sql());
                String warm = table.now();
                Latencies.add(log.measurements(), "lag", collect(fires, lags, log, "idle"), "");
                table.addLags(log, "fired_lag", warm);
            } finally {
                engine.stop().then(store.close()).block();
            }
            log.audited(database.audit());
        }
    }

    private JobEngine engine(PostgresJobStore store, AtomicReference<Histogram> lags) {
        JobEngine.Builder engine = JobEngine.builder(store)
                .queue(Tick.TICK.queue(), queue -> queue)
                .subscribe(JobHandler.of(Tick.TICK, job -> {
                    Objects.requireNonNull(lags.get()).recordValue(lagNanos(job));
                    return Mono.empty();
                }));
        return Fleet.declare(engine, IntStream.range(0, schedules).mapToObj(this::schedule))
                .build();
    }

    private Schedule schedule(int nr) {
        Instant start = FULL_SECOND.plus(Fleet.PERIOD.multipliedBy(nr).dividedBy(schedules));
        return Schedule.of(Fleet.name(nr), Every.of(Fleet.PERIOD).from(start), Tick.TICK.job(new Tick(nr)));
    }

    private static long lagNanos(Job<Tick> job) {
        Instant at = Instant.parse(Objects.requireNonNull(job.headers().get(Fire.AT_HEADER)));
        return Math.max(0, Duration.between(at, Instant.now()).toNanos());
    }

    /** The next ones from now on. */
    private Histogram collect(int count, AtomicReference<Histogram> lags, TrialLog log, String state) {
        Histogram histogram = histogram();
        lags.set(histogram);
        Waiting.require(count + " fires", PATIENCE, () -> {
            log.doing("%,d of %,d fires of an engine that is %s", histogram.getTotalCount(), count, state);
            return histogram.getTotalCount() >= count;
        });
        return histogram;
    }

    private static Histogram histogram() {
        return new ConcurrentHistogram(PATIENCE.toNanos(), DIGITS);
    }
}
