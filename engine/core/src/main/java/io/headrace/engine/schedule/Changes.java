package io.headrace.engine.schedule;

import io.headrace.StoreException;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Declaration;
import io.headrace.spi.StoredSchedule.History;
import io.headrace.spi.StoredSchedule.Terms;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How schedules change: what stays and what begins anew. Thread-safe. */
final class Changes {

    /** How often a change is tried that others keep getting ahead of, a schedule that fires every second among them. */
    private static final int MOST_TRIES = 100;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

    private final ScheduleStore store;
    private final Timetables timetables;
    private final ScheduleHost host;

    Changes(ScheduleStore store, Timetables timetables, ScheduleHost host) {
        this.store = store;
        this.timetables = timetables;
        this.host = host;
    }

    /** A schedule that is new, with the first of its instants after now. */
    StoredSchedule created(String name, Terms terms, @Nullable Declaration declaration, Instant now) {
        StoredSchedule bare =
                new StoredSchedule(name, 0, terms, declaration, new Times(null, null, null, null), History.NONE);
        return goingOn(bare, null, bare.times().waiting(), now);
    }

    /** A schedule with other terms. It goes on where it stands if it has the same timetable. */
    StoredSchedule changed(StoredSchedule schedule, Terms terms, Instant now) {
        boolean same = ScheduleText.sameTimetable(schedule.terms(), terms);
        StoredSchedule changed =
                schedule.withTerms(same ? terms.withStart(schedule.terms().start()) : terms);
        Times times = schedule.times();
        return same
                ? changed.withTimes(timesOf(changed, times.pause(), times.dueAt(), times.waiting(), now))
                : goingOn(changed, times.pause(), times.waiting(), now);
    }

    StoredSchedule paused(StoredSchedule schedule) {
        Times times = schedule.times();
        return schedule.withTimes(new Times(StoredSchedule.Pause.OPERATOR, times.dueAt(), null, times.waiting()));
    }

    /** What came while it was paused by an operator is over. */
    StoredSchedule resumed(StoredSchedule schedule, Instant now) {
        return goingOn(schedule, null, schedule.times().waiting(), now);
    }

    /** It was paused since nobody declared it, and is declared again: its instants meanwhile were missed. */
    StoredSchedule declaredAgain(StoredSchedule schedule, Instant now) {
        Times times = schedule.times();
        return schedule.withTimes(timesOf(schedule, null, times.dueAt(), times.waiting(), now));
    }

    private StoredSchedule goingOn(
            StoredSchedule schedule, StoredSchedule.@Nullable Pause pause, @Nullable Waiting waiting, Instant now) {
        Instant dueAt = timetables.of(schedule).next(now).orElse(null);
        return schedule.withTimes(timesOf(schedule, pause, dueAt, waiting, now));
    }

    private static Times timesOf(
            StoredSchedule schedule,
            StoredSchedule.@Nullable Pause pause,
            @Nullable Instant dueAt,
            @Nullable Waiting waiting,
            Instant now) {
        Instant nextAt = pause == null ? FirePlan.nextAt(schedule, dueAt, waiting, now) : null;
        return new Times(pause, dueAt, nextAt, waiting);
    }

    /**
     * Reads a schedule and does something about it that may come too late; then again.
     *
     * @param attempt is given the schedule, {@code null} if there is none, and the time of the store's clock; answers
     *     empty if it came too late
     */
    <T> Mono<T> untilDone(String name, BiFunction<@Nullable StoredSchedule, Instant, Mono<T>> attempt) {
        // Functions of schedules are called in between, and not on a thread of the store's.
        return Mono.defer(() -> store.look(List.of(name)))
                .publishOn(host.planning())
                .flatMap(look -> attempt.apply(
                        look.schedules().isEmpty() ? null : look.schedules().get(0), look.now()))
                .repeatWhenEmpty(tries -> tries.take(MOST_TRIES)
                        .concatMap(tried -> Mono.delay(BETWEEN_TRIES, host.clock()))
                        .concatWith(Mono.error(() -> new StoreException(
                                "Schedule '" + name + "' was changed by others " + MOST_TRIES
                                        + " times in a row. Nothing was done; try again",
                                true,
                                null,
                                null))));
    }

    /** Has all engines look at a schedule. If it has changed meanwhile they do so anyway. */
    Mono<Void> announce(String name) {
        return Mono.defer(() -> store.look(List.of(name)))
                .flatMap(look -> store.write(look.schedules()))
                .then();
    }

    /** Writes one schedule; empty if it came too late. */
    Mono<StoredSchedule> write(StoredSchedule schedule) {
        return store.write(List.of(schedule))
                .flatMap(written -> written.isEmpty() ? Mono.empty() : Mono.just(schedule));
    }
}
