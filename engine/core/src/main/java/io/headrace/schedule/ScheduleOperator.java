package io.headrace.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Shows and changes the schedules of a store at run time. Thread-safe. Every method that names a schedule fails with an
 * {@link UnknownScheduleException} if there is none. Changes take effect at once, in all engines.
 */
public interface ScheduleOperator {

    /**
     * Creates a schedule, or changes the one of that name. A paused schedule stays paused. If the timetable changes, the
     * schedule goes on with the first instant of the new one after now. If engines declare the schedule, the change holds
     * until its declaration in code changes.
     *
     * @param schedule must have a {@linkplain Schedule#job() fixed job}: a function cannot be stored. The result fails
     *     with an {@link InvalidScheduleException} otherwise, or if its timetable has no instant after now
     */
    Mono<SaveAnswer> save(Schedule schedule);

    /** Returns all schedules, ordered by name; also those whose timetable this process cannot read. */
    Flux<ScheduleSnapshot> list();

    /** Finds a schedule; empty if there is none. */
    Mono<ScheduleSnapshot> find(String name);

    /** Pauses a schedule until it is resumed. Its instants meanwhile are not fired later. Idempotent. */
    Mono<Void> pause(String name);

    /** Resumes a schedule with its first instant after now. Idempotent. */
    Mono<Void> resume(String name);

    /**
     * Removes a schedule. Its jobs stay, and its fires stay on record until they are pruned.
     *
     * @return fails with a {@link DeclaredScheduleException} while engines declare it
     */
    Mono<Void> remove(String name);

    /**
     * Fires a schedule now, also while it is paused. Its timetable goes on as before, and its {@link Overlap} applies. If
     * its job is made by a function that this process does not have, an engine that declares it fires it; the returned
     * fire is then {@link FireOutcome#WAITING}.
     */
    Mono<FireSnapshot> runNow(String name);

    /** Returns the next instants of a schedule, without jitter. Fewer if it ends before. */
    Mono<List<Instant>> preview(String name, int n);

    /**
     * Fires the instants of a range that have no fire on record: they were passed over, came while the schedule was
     * paused, or lie before it existed. Idempotent. Works in atomic chunks; if it fails half-way, call it again. Overlap
     * and jitter do not apply.
     *
     * @param from the first instant, included. Must not be older than the oldest fires that were pruned, since it would
     *     not be known which instants have fired
     * @param to the end of the range, excluded. Must not be in the future
     * @return fails with an {@link InvalidScheduleException} if the range is empty, has more than 10,000 instants or is
     *     outside these bounds, or if jobs are made by a function that this process does not have
     */
    Mono<BackfillReport> backfill(String name, Instant from, Instant to);

    /**
     * Returns the fires of a schedule on record, the latest instant first, each with what became of its job.
     *
     * @param before only fires of instants before this; {@code null} for all
     * @param most how many, at most 1,000
     */
    Flux<FireSnapshot> fires(String name, @Nullable Instant before, int most);
}
