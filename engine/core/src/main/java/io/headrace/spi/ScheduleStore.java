package io.headrace.spi;

import io.headrace.schedule.FireSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The facet of a store for schedules. The store knows no calendar: the engine computes every instant, from the store's
 * clock, and each write names the version that it is based on. {@link JobStore} documents what applies to every call.
 */
public interface ScheduleStore {

    /**
     * Returns the schedules of these names that exist, in no particular order.
     *
     * @param names at most 1,000
     */
    Mono<ScheduleLook> look(Collection<String> names);

    /**
     * Returns a page of all schedules, ordered by name.
     *
     * @param after only names after this, by code points; empty for the first page
     * @param most how many
     */
    Mono<ScheduleLook> page(String after, int most);

    /**
     * Writes schedules that have not changed since they were read: {@link StoredSchedule#version} is that of the read, 0
     * for a schedule that must not exist yet. Each is written with the next version, its terms, declaration and times as
     * they stand in the argument; its {@link StoredSchedule#history} stays as it is in the store. A fire that waited, and of
     * which the new times say nothing, is recorded as skipped. Announces the change by {@link #changes} to all engines.
     *
     * @param schedules at most 1,000, with different names
     * @return the names of those that were written; fails with an {@link io.headrace.InvalidJobException} if the payload or
     *     the headers of one cannot be stored, and writes none then
     */
    Mono<Set<String>> write(List<StoredSchedule> schedules);

    /**
     * Removes a schedule. Its fires stay; one that waits is recorded as skipped. Announces the change by {@link #changes}.
     *
     * @return whether it existed in that version and was removed
     */
    Mono<Boolean> remove(String name, long version);

    /**
     * Returns schedules whose {@link StoredSchedule.Times#nextAt} has passed or is about to, the earliest first. The cost is
     * bounded, however many schedules there are that are not due, or that only others can fire.
     *
     * @param makes the names of schedules without a fixed payload that this engine can fire; others of these are left out
     * @param most how many
     * @param ahead also those that are due within this time
     * @return the due schedules, and when the next of those that this engine can fire is due; which is not known if as many
     *     are due as asked for
     */
    Mono<DueSchedules> due(Set<String> makes, int most, Duration ahead);

    /**
     * Fires schedules: in one atomic step for each, if its version is still the same, records its fires, enqueues their
     * jobs and writes its next times. A schedule that has another version, is paused (unless {@link Firing#version} is
     * 0), or is being changed by somebody else at the moment, is left alone. A fire whose instant already has one on
     * record, other than a waiting one, is left out together with its job. A waiting one becomes what is fired: it keeps
     * its cause and how many instants were passed over before it, and is not counted again. A fire waits only as long as
     * its schedule says so: if the firing names neither its instant nor that it waits on, it is recorded as skipped. Jobs of
     * several schedules that share queue, kind and priority become one pending set.
     *
     * @param firings with different names, and at most 1,000 jobs in all
     * @param by the worker of the process that fires, which needs no wake-up; 0 if there is none
     * @return one result for each firing that took place; fails with an {@link io.headrace.InvalidJobException} if the data
     *     of a job is rejected, and no firing takes place then
     */
    Mono<List<Fired>> fire(List<Firing> firings, long by);

    /**
     * Returns fires on record, the latest instant first, with the state of their jobs.
     *
     * @param before only fires of instants before this; {@code null} for all
     */
    Flux<FireSnapshot> fires(String schedule, @Nullable Instant before, int most);

    /**
     * Records that these schedules are still declared. Schedules for which nobody has done so for a while, and which were
     * declared once, are paused as {@link StoredSchedule.Pause#UNDECLARED}; they keep their
     * {@link StoredSchedule.Times#dueAt} and a fire that waits. Pausing is a write, with the next version and announced by
     * {@link #changes}; recording that they are declared is not.
     *
     * @param names those that the caller declares
     * @param undeclaredAfter for how long nobody has
     * @return the names of those that were paused
     */
    Mono<Set<String>> keepDeclared(Set<String> names, Duration undeclaredAfter);

    /**
     * Prunes fires that were recorded longer ago than the retention, at most one chunk. A fire that waits is kept.
     * {@link StoredSchedule.History#prunedTo} of their schedules is raised to the latest instant that was pruned.
     *
     * @return how many were pruned; 0 when none are left
     */
    Mono<Long> pruneFires(Duration retention);

    /**
     * Emits when a schedule may have been written by any process, and after each connect. Never completes and never
     * fails. Heard only while somebody subscribes to {@link JobStore#wakeUps()}. A store without notifications emits
     * every few seconds instead. May be lost and may be spurious.
     */
    Flux<Boolean> changes();
}
