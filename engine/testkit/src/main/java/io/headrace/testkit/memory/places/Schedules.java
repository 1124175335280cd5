package io.headrace.testkit.memory.places;

import io.headrace.schedule.Overlap;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.History;
import io.headrace.spi.StoredSchedule.Times;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The schedules and their fires. Guarded by the store's lock, except the listeners. */
public final class Schedules {

    /** As a database compares text byte by byte in UTF-8. Java compares UTF-16, where emoji come before U+E000. */
    private static final Comparator<String> BY_CODE_POINTS =
            Comparator.comparing(name -> name.codePoints().toArray(), Arrays::compare);

    private final NavigableMap<String, StoredSchedule> schedules = new TreeMap<>(BY_CODE_POINTS);
    private final Fires fires = new Fires();
    private final ScheduleChanges changes = new ScheduleChanges();
    private long latestRemoved;

    public @Nullable StoredSchedule find(String name) {
        return schedules.get(name);
    }

    /** Whether a schedule is in this version; 0 is that of one that does not exist. */
    public boolean isAt(String name, long version) {
        StoredSchedule stored = schedules.get(name);
        return version == (stored == null ? 0 : stored.version());
    }

    /** Stores a schedule as it stands, with the next version: of one that is new, a version that none before it had. */
    public void write(StoredSchedule schedule) {
        keep(new StoredSchedule(
                schedule.name(),
                (schedule.version() == 0 ? latestRemoved : schedule.version()) + 1,
                schedule.terms(),
                schedule.declaration(),
                schedule.times(),
                schedule.history()));
    }

    /** Stores a schedule as it stands, for what is no write. */
    public void keep(StoredSchedule schedule) {
        schedules.put(schedule.name(), schedule);
    }

    public void remove(String name) {
        StoredSchedule removed = schedules.remove(name);
        latestRemoved = removed == null ? latestRemoved : Math.max(latestRemoved, removed.version());
    }

    /** Ordered by name. */
    public Collection<StoredSchedule> all() {
        return schedules.values();
    }

    /** Those with a later name, in their order. */
    public Collection<StoredSchedule> after(String name) {
        return schedules.tailMap(name, false).values();
    }

    public Fires fires() {
        return fires;
    }

    /** Who fires schedules; safe to use without the lock. */
    public ScheduleChanges changes() {
        return changes;
    }

    /** Whether somebody is about to fire a schedule: it is due, and there are listeners. */
    public boolean isFireExpected(Instant now) {
        return changes.isHeard() && schedules.values().stream().anyMatch(schedule -> isDue(schedule, now));
    }

    public static boolean isDue(StoredSchedule schedule, Instant now) {
        Instant next = next(schedule);
        return next != null && !next.isAfter(now);
    }

    /** When it is to be looked at; never while it is paused. */
    public static @Nullable Instant next(StoredSchedule schedule) {
        Times times = schedule.times();
        return times.pause() == null ? times.nextAt() : null;
    }

    /** A schedule as it is shown: whether it is busy is derived. */
    public static StoredSchedule shown(StoredSchedule schedule, JobPlaces places) {
        History history = schedule.history();
        return withHistory(
                schedule,
                new History(
                        history.lastAt(),
                        history.lastJob(),
                        isBusy(schedule, places),
                        history.fires(),
                        history.passedOver(),
                        history.prunedTo()));
    }

    private static boolean isBusy(StoredSchedule schedule, JobPlaces places) {
        Long last = schedule.history().lastJob();
        StoredJob job = last == null || schedule.terms().overlap() == Overlap.ALLOW
                ? null
                : places.jobs().get(last);
        return job != null && job.uniqueKey() != null && job.state().isLive();
    }

    public static StoredSchedule withHistory(StoredSchedule schedule, History history) {
        return new StoredSchedule(
                schedule.name(),
                schedule.version(),
                schedule.terms(),
                schedule.declaration(),
                schedule.times(),
                history);
    }

    /** Forgets every fire, as if no schedule had ever fired. The schedules stay, and so does what is due next. */
    public void forgetFires() {
        fires.clear();
        // With the next version: a firing that is under way was worked out from what is now forgotten.
        schedules.values().stream()
                .toList()
                .forEach(schedule ->
                        write(withHistory(schedule, History.NONE).withTimes(withoutWaiting(schedule.times()))));
    }

    private static Times withoutWaiting(Times times) {
        Instant next = times.pause() == null ? times.dueAt() : null;
        return times.waiting() == null ? times : new Times(times.pause(), times.dueAt(), next, null);
    }
}
