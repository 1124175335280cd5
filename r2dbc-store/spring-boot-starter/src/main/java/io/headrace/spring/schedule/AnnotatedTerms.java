package io.headrace.spring.schedule;

import io.headrace.HeadraceException;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.Timetable;
import io.headrace.spring.HeadraceSetupException;
import io.headrace.spring.JobSchedule;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;

/** What an annotation says, its placeholders resolved. */
final class AnnotatedTerms {

    private static final String UTC = "UTC";

    private final ConfigurableListableBeanFactory beans;
    private final JobSchedule annotation;
    private final String where;

    AnnotatedTerms(ConfigurableListableBeanFactory beans, JobSchedule annotation, String where) {
        this.beans = beans;
        this.annotation = annotation;
        this.where = where;
    }

    String name() {
        return resolve(annotation.name());
    }

    String kind() {
        return resolve(annotation.job());
    }

    String queue() {
        return resolve(annotation.queue());
    }

    /** From 0 to 9; -1 if it says none. */
    int priority() {
        String text = resolve(annotation.priority());
        if (text.isEmpty()) {
            return -1;
        }
        if (text.length() != 1 || text.charAt(0) < '0' || text.charAt(0) > '9') {
            throw Misdeclared.setting(where, "priority", text, "a number from 0 to 9");
        }
        return text.charAt(0) - '0';
    }

    Timetable timetable() {
        String cron = resolve(annotation.cron());
        String zone = resolve(annotation.zone());
        String every = resolve(annotation.every());
        if (!cron.isEmpty() && !every.isEmpty()) {
            throw Misdeclared.cronAndEvery(where);
        }
        if (cron.isEmpty() && every.isEmpty()) {
            throw Misdeclared.noTimes(where);
        }
        if (cron.isEmpty() && !zone.isEmpty()) {
            throw Misdeclared.zoneWithoutCron(where);
        }
        return cron.isEmpty()
                ? Every.of(duration("every", every, "a period such as 30s or PT5M"))
                : Cron.of(cron, zone.isEmpty() ? UTC : zone);
    }

    Schedule apply(Schedule schedule) {
        return jitter(misfire(schedule)).overlap(annotation.overlap());
    }

    private Schedule jitter(Schedule schedule) {
        String text = resolve(annotation.jitter());
        return text.isEmpty()
                ? schedule
                : schedule.jitter(duration("jitter", text, "a duration from 0s to 1d, such as 30s"));
    }

    private Schedule misfire(Schedule schedule) {
        String text = resolve(annotation.misfire());
        Misfire policy = text.isEmpty()
                ? schedule.misfire()
                : MisfireText.read(text)
                        .orElseThrow(() -> Misdeclared.setting(where, "misfire", text, MisfireText.ALLOWED));
        return schedule.misfire(policy);
    }

    private Duration duration(String setting, String text, String shouldBe) {
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Misdeclared.setting(where, setting, text, shouldBe);
        }
    }

    /** Runs what core may refuse, and says where it was declared. */
    <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (HeadraceSetupException e) {
            throw e;
        } catch (HeadraceException e) {
            throw Misdeclared.invalid(where, String.valueOf(e.getMessage()), e);
        }
    }

    private String resolve(String text) {
        String resolved = beans.resolveEmbeddedValue(text);
        return resolved == null ? "" : resolved.strip();
    }
}
