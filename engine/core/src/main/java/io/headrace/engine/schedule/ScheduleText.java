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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
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

    /** Terms as a text that is equal if they are, whenever they started. */
    static String declaration(Terms terms) {
        String all = String.join(
                "\n",
                terms.timetable(),
                terms.zone(),
                terms.jitter().toString(),
                String.valueOf(terms.misfire()),
                terms.overlap().name(),
                text(terms.job()));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String text(Template job) {
        return String.join(
                "\n",
                job.queue(),
                job.kind(),
                String.valueOf(job.priority()),
                sorted(job.payload()),
                sorted(job.headers()),
                String.valueOf(job.maxAttempts()));
    }

    /** A Map may iterate in another order in each process, which is no other declaration. */
    private static String sorted(@Nullable String json) {
        return json == null ? "" : SortedJson.of(json);
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
