package io.headrace.engine.schedule;

import io.headrace.JobId;
import io.headrace.NewJob;
import io.headrace.engine.client.JobEncoder;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.ScheduleState;
import io.headrace.schedule.Timetable;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Terms;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Schedules as users have them and as the store does. Thread-safe. */
final class ScheduleText {

    private final JobEncoder encoder;
    private final Timetables timetables;

    ScheduleText(JobEncoder encoder, Timetables timetables) {
        this.encoder = encoder;
        this.timetables = timetables;
    }

    /** What a schedule is, if its timetable starts at a moment. */
    Terms terms(Schedule schedule, Instant start) {
        return new Terms(
                schedule.timetable().text(),
                schedule.timetable().zone().getId(),
                start,
                schedule.jitter().truncatedTo(ChronoUnit.MILLIS),
                schedule.misfire().most(),
                schedule.overlap(),
                template(schedule));
    }

    private Template template(Schedule schedule) {
        NewJob<?> job = schedule.job();
        if (job == null) {
            return new Template(
                    schedule.type().queue(), schedule.type().kind(), NewJob.DEFAULT_PRIORITY, null, null, null);
        }
        EncodedJob encoded = encoder.encode(job);
        return new Template(
                encoded.queue(),
                encoded.kind(),
                encoded.priority(),
                encoded.payload(),
                encoded.headers(),
                encoded.maxAttempts());
    }

    /** Whether both have the same instants, whenever they started. */
    static boolean sameTimetable(Terms one, Terms other) {
        return one.timetable().equals(other.timetable()) && one.zone().equals(other.zone());
    }

    ScheduleSnapshot snapshot(StoredSchedule schedule) {
        Terms terms = schedule.terms();
        StoredSchedule.Times times = schedule.times();
        StoredSchedule.History history = schedule.history();
        return new ScheduleSnapshot(
                schedule.name(),
                readable(schedule),
                terms.job().queue(),
                terms.job().kind(),
                terms.job().payload() == null,
                terms.jitter(),
                new Misfire(terms.misfire()),
                terms.overlap(),
                state(times),
                schedule.declaration() != null,
                schedule.declaration() != null && schedule.declaration().isOverridden(),
                times.dueAt(),
                history.lastAt(),
                id(history.lastJob()),
                times.waiting() != null,
                history.fires(),
                history.passedOver());
    }

    /** One that cannot be read must not hide the others. */
    private @Nullable Timetable readable(StoredSchedule schedule) {
        try {
            return timetables.of(schedule);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static ScheduleState state(StoredSchedule.Times times) {
        if (times.pause() != null) {
            return switch (times.pause()) {
                case OPERATOR -> ScheduleState.PAUSED;
                case UNDECLARED -> ScheduleState.UNDECLARED;
            };
        }
        return times.nextAt() == null ? ScheduleState.ENDED : ScheduleState.ACTIVE;
    }

    private static @Nullable JobId id(@Nullable Long job) {
        return job == null ? null : new JobId(job);
    }
}
