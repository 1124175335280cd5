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
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/**
 * Schedules of one kind and queue that are all due at the same second, again and again; once with an engine that does not serve
 * the queue, and once with one that does.
 *
 * @param period from one such second to the next; the schedules are declared in the first of them
 * @param rounds how many such seconds; the first is that of a cold engine
 */
record SameSecondTrial(int schedules, Duration period, int rounds) implements ScheduleTrial {

    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "same-second";
    }

    @Override
    public void run(Server server, TrialLog log) {
        run(server, log, "", false);
        run(server, log, "_served", true);
    }

    private void run(Server server, TrialLog log, String suffix, boolean serves) {
        try (ScheduleDatabase database = ScheduleDatabase.in(server)) {
            PostgresJobStore store = database.openStore();
            AtomicLong handled = new AtomicLong();
            Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(period);
            log.doing("an engine declares %,d schedules for the same second", schedules);
            JobEngine engine = engine(store, first, handled, serves);
            engine.start().block();
            try {
                for (int round = 0; round < rounds; round++) {
                    Instant at = first.plus(period.multipliedBy(round));
                    awaitMoment(at.minus(BEFORE), log);
                    String infix = "same_second" + suffix + (round == 0 ? "_cold" : "");
                    SameSecond fired = SameSecond.await(database, at, schedules, PATIENCE);
                    fired.addTo(log, infix, !serves && round > 0);
                    if (serves) {
                        long all = (round + 1L) * schedules;
                        Waiting.require("all jobs run", PATIENCE, () -> handled.get() >= all);
                    }
                }
            } finally {
                engine.stop().then(store.close()).block();
            }
            log.audited(database.audit());
        }
    }

    private JobEngine engine(PostgresJobStore store, Instant first, AtomicLong handled, boolean serves) {
        JobEngine.Builder engine = JobEngine.builder(store);
        JobHandler<Tick> handler = JobHandler.of(Tick.TICK, job -> Mono.<Void>fromRunnable(handled::incrementAndGet));
        return Fleet.declare(
                        serves
                                ? engine.queue(Tick.TICK.queue(), queue -> queue)
                                        .subscribe(handler)
                                : engine.enqueues(Tick.TICK),
                        IntStream.range(0, schedules).mapToObj(nr -> schedule(nr, first)))
                .build();
    }

    private Schedule schedule(int nr, Instant first) {
        return Schedule.of(Fleet.name(nr), Every.of(period).from(first), Tick.TICK.job(new Tick(nr)));
    }

    private void awaitMoment(Instant moment, TrialLog log) {
        Duration left = Duration.between(Instant.now(), moment);
        if (left.isNegative()) {
            throw new IllegalStateException("the schedules were declared too late by " + left.negated());
        }
        log.doing("%,d schedules wait for the same second", schedules);
        Waiting.pass(left);
    }
}
