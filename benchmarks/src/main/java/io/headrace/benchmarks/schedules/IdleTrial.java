package io.headrace.benchmarks.schedules;

import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.schedules.fleet.Fleet;
import io.headrace.benchmarks.schedules.fleet.Tick;
import io.headrace.benchmarks.server.Server;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.schedule.Every;
import io.headrace.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * What an idle engine says to the server, with schedules none of which is due and without any. Both engines are counted over the
 * same time, each in a database of its own, from outside these databases.
 *
 * @param windows how often they are counted
 */
record IdleTrial(int schedules, Duration window, int windows) implements ScheduleTrial {

    private static final Duration PERIOD = Duration.ofDays(1);
    private static final Duration NOT_DUE = Duration.ofHours(2);
    private static final double A_MINUTE = 60;

    /** Longer than a session keeps its counters to itself. */
    private static final Duration SETTLED = Duration.ofSeconds(11);

    private record Idle(ScheduleDatabase database, PostgresJobStore store, JobEngine engine) {

        static Idle start(ScheduleDatabase database, Stream<Schedule> schedules) {
            PostgresJobStore store = database.openStore();
            JobEngine.Builder engine = JobEngine.builder(store)
                    .queue(Tick.TICK.queue(), queue -> queue)
                    .subscribe(JobHandler.of(Tick.TICK, job -> Mono.empty()));
            Idle idle =
                    new Idle(database, store, Fleet.declare(engine, schedules).build());
            idle.engine.start().block();
            // So that nothing is left to do for the server by itself, which would count as well.
            database.sql().run("VACUUM (ANALYZE)");
            return idle;
        }

        /** The engine sends one statement in each transaction. */
        long statements() {
            return database.database()
                    .outside()
                    .number("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '"
                            + database.database().name() + "'");
        }

        void stop() {
            engine.stop().then(store.close()).block();
        }
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public void run(Server server, TrialLog log) {
        try (ScheduleDatabase some = ScheduleDatabase.in(server);
                ScheduleDatabase none = ScheduleDatabase.in(server)) {
            log.doing("an engine declares %,d schedules", schedules);
            Idle with = Idle.start(some, notDue());
            Idle without = Idle.start(none, Stream.of());
            Waiting.pass(SETTLED);
            for (int i = 1; i <= windows; i++) {
                log.doing("statements are counted for %d s, %d of %d", window.toSeconds(), i, windows);
                measure(with, without, log);
            }
            with.stop();
            without.stop();
            log.audited(some.audit());
        }
    }

    private Stream<Schedule> notDue() {
        Instant first = Instant.now().plus(NOT_DUE);
        return IntStream.range(0, schedules)
                .mapToObj(nr -> Schedule.of(
                        Fleet.name(nr),
                        Every.of(PERIOD).from(first.plus(Fleet.PERIOD.multipliedBy(nr % 3_600))),
                        Tick.TICK.job(new Tick(nr))));
    }

    private void measure(Idle with, Idle without, TrialLog log) {
        long withBefore = with.statements();
        long withoutBefore = without.statements();
        Waiting.pass(window);
        double some = perMinute(with.statements() - withBefore);
        double none = perMinute(without.statements() - withoutBefore);
        log.measure("idle_statements_with_per_minute", some, "statements/min");
        log.measure("idle_statements_without_per_minute", none, "statements/min");
        log.measure("idle_statements_added_per_minute", some - none, "statements/min");
    }

    private double perMinute(long statements) {
        return statements * A_MINUTE / window.toSeconds();
    }
}
