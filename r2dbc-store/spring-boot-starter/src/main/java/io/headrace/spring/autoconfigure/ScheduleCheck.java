package io.headrace.spring.autoconfigure;

import io.headrace.HeadraceException;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.InvalidCronException;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.Timetable;
import io.headrace.spring.schedule.MisfireText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.Errors;

/** What values the properties of one schedule may have. */
final class ScheduleCheck {

    private final String path;
    private final Errors errors;

    ScheduleCheck(String name, Errors errors) {
        this.path = "schedules[" + name + "].";
        this.errors = errors;
    }

    void check(ScheduleProperties schedule) {
        Duration jitter = schedule.jitter();
        if (jitter != null && (jitter.isNegative() || jitter.compareTo(Schedule.LONGEST_JITTER) > 0)) {
            refuse("jitter", "must be 0s to 1d");
        }
        String misfire = schedule.misfire();
        if (misfire != null && MisfireText.read(misfire).isEmpty()) {
            refuse("misfire", "must be " + MisfireText.ALLOWED);
        }
        checkZone(schedule.zone());
        if (schedule.cron() != null && schedule.every() != null) {
            refuse("every", "must not be set together with headrace." + path + "cron: keep one of them");
        } else if (schedule.zone() != null && schedule.every() != null) {
            refuse("zone", "must not be set together with headrace." + path + "every: a fixed period has no zone");
        }
        checkCron(schedule.cron());
        checkEvery(schedule.every());
    }

    private void checkZone(@Nullable String zone) {
        try {
            if (zone != null) {
                ZoneId unused = ZoneId.of(zone.strip());
            }
        } catch (DateTimeException e) {
            refuse("zone", "is unknown; expected a name such as Europe/Berlin, UTC, or an offset such as +02:00");
        }
    }

    private void checkCron(@Nullable String cron) {
        try {
            if (cron != null) {
                Timetable unused = Cron.of(cron);
            }
        } catch (InvalidCronException e) {
            refuse("cron", String.valueOf(e.getMessage()));
        }
    }

    private void checkEvery(@Nullable Duration every) {
        try {
            if (every != null) {
                Timetable unused = Every.of(every);
            }
        } catch (HeadraceException e) {
            refuse("every", String.valueOf(e.getMessage()));
        }
    }

    private void refuse(String property, String reason) {
        errors.rejectValue(path + property, "headrace", reason);
    }
}
