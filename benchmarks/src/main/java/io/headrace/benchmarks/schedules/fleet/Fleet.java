package io.headrace.benchmarks.schedules.fleet;

import io.headrace.JobEngine;
import io.headrace.NewJob;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Schedules that each fire every second, the same in every process. Half of them are crons, which fire on the full second;
 * the others have a fixed period and fire at a fraction of it.
 *
 * <p>Ten of a hundred differ from the rest: by what happens on overlap, whose jobs then take longer than a second; by
 * jitter; by a function that makes their jobs; by what happens with missed instants.
 *
 * @param size how many
 * @param seed decides the fractions
 */
public record Fleet(int size, long seed) {

    /** From one fire of a schedule to the next. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Cron EVERY_SECOND = Cron.of("* * * * * *");
    private static final Instant FULL_SECOND = Instant.parse("2025-01-01T00:00:00Z");
    private static final int FRACTIONS = 20;
    private static final Duration JITTER = Duration.ofMillis(400);
    private static final int HUNDRED = 100;
    private static final int SOME = 5;

    /** The engine with these declared. */
    public static JobEngine.Builder declare(JobEngine.Builder engine, Stream<Schedule> schedules) {
        JobEngine.Builder declaring = engine;
        for (Schedule schedule : schedules.toList()) {
            declaring = declaring.schedule(schedule);
        }
        return declaring;
    }

    public Stream<Schedule> schedules() {
        return IntStream.range(0, size).mapToObj(this::schedule);
    }

    /** By how much the instants of a schedule are later than full seconds. */
    public Duration fraction(int nr) {
        if (nr % 2 == 0) {
            return Duration.ZERO;
        }
        return PERIOD.dividedBy(FRACTIONS).multipliedBy(new Random(seed * size + nr).nextInt(FRACTIONS));
    }

    public static String name(int nr) {
        return "tick-" + nr;
    }

    private Schedule schedule(int nr) {
        return switch (nr % HUNDRED) {
            case 90 -> lingering(nr).overlap(Overlap.SKIP);
            case 91 -> lingering(nr).overlap(Overlap.QUEUE_ONE);
            case 92 -> lingering(nr).overlap(Overlap.CANCEL_RUNNING);
            case 93, 94 -> fixed(nr).jitter(JITTER);
            case 95, 96 -> made(nr);
            case 97 -> made(nr).jitter(JITTER);
            case 98 -> fixed(nr).misfire(Misfire.SKIP);
            case 99 -> fixed(nr).misfire(Misfire.all(SOME));
            default -> fixed(nr);
        };
    }

    private Schedule fixed(int nr) {
        return Schedule.of(name(nr), timetable(nr), Tick.TICK.job(new Tick(nr)));
    }

    private Schedule lingering(int nr) {
        return Schedule.of(name(nr), timetable(nr), Tick.LINGER.job(new Tick(nr)));
    }

    private Schedule made(int nr) {
        NewJob<Tick> job = Tick.TICK.job(new Tick(nr));
        return Schedule.of(name(nr), timetable(nr), Tick.TICK, fire -> job);
    }

    private Timetable timetable(int nr) {
        return nr % 2 == 0 ? EVERY_SECOND : Every.of(PERIOD).from(FULL_SECOND.plus(fraction(nr)));
    }
}
