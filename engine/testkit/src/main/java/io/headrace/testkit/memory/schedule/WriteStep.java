package io.headrace.testkit.memory.schedule;

import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Declaration;
import io.headrace.spi.StoredSchedule.Pause;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import io.headrace.testkit.memory.enqueue.MemoryIntake;
import io.headrace.testkit.memory.places.Schedules;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates, changes, pauses and removes schedules. Guarded by the store's lock. */
final class WriteStep {

    private final Schedules schedules;

    WriteStep(Schedules schedules) {
        this.schedules = schedules;
    }

    /** Answers the names of those that had not changed. */
    Set<String> write(List<StoredSchedule> wanted) {
        wanted.forEach(schedule -> check(schedule.terms().job()));
        Set<String> written = new HashSet<>();
        for (StoredSchedule schedule : wanted) {
            if (schedules.isAt(schedule.name(), schedule.version())) {
                replace(schedules.find(schedule.name()), schedule);
                written.add(schedule.name());
            }
        }
        return written;
    }

    private void replace(@Nullable StoredSchedule before, StoredSchedule schedule) {
        if (before == null) {
            schedules.write(schedule);
            return;
        }
        forgoWaiting(before, schedule.times().waiting());
        schedules.write(Schedules.withHistory(schedule, before.history()));
    }

    private void forgoWaiting(StoredSchedule before, @Nullable Waiting next) {
        Waiting waiting = before.times().waiting();
        if (waiting != null && (next == null || !next.at().equals(waiting.at()))) {
            schedules.fires().forgo(before.name(), waiting.at());
        }
    }

    private static void check(Template job) {
        if (job.payload() != null) {
            MemoryIntake.requireStorable("payload", job.payload());
        }
        if (job.headers() != null) {
            MemoryIntake.requireStorable("headers", job.headers());
        }
    }

    boolean remove(String name, long version) {
        StoredSchedule schedule = schedules.find(name);
        if (schedule == null || schedule.version() != version) {
            return false;
        }
        forgoWaiting(schedule, null);
        schedules.remove(name);
        return true;
    }

    /** Answers the names of those that are paused because nobody has declared them since a moment. */
    Set<String> keepDeclared(Set<String> names, Instant now, Instant longAgo) {
        Set<String> paused = new HashSet<>();
        for (StoredSchedule schedule : List.copyOf(schedules.all())) {
            Declaration declaration = schedule.declaration();
            if (declaration != null && names.contains(schedule.name())) {
                schedules.keep(
                        schedule.withDeclaration(new Declaration(declaration.text(), now, declaration.isOverridden())));
            } else if (isUndeclared(declaration, longAgo) && schedule.times().pause() == null) {
                schedules.write(schedule.withTimes(undeclared(schedule.times())));
                paused.add(schedule.name());
            }
        }
        return paused;
    }

    private static boolean isUndeclared(@Nullable Declaration declaration, Instant longAgo) {
        return declaration != null && declaration.at().isBefore(longAgo);
    }

    private static Times undeclared(Times times) {
        return new Times(Pause.UNDECLARED, times.dueAt(), null, times.waiting());
    }
}
