package io.headrace.spring.autoconfigure;

import io.headrace.HeadraceException;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.Fire;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.Timetable;
import io.headrace.spring.HeadraceSetupException;
import io.headrace.spring.schedule.MisfireText;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes schedules as the properties say.
 *
 * @param properties by the names of schedules, which are checked
 * @param isPart whether properties of schedules that are not declared are ignored
 */
record ScheduleOverrides(Map<String, ScheduleProperties> properties, boolean isPart) {

    /**
     * Returns the schedules that this application declares.
     *
     * @throws HeadraceSetupException if there are properties of a schedule that is not declared
     */
    Collection<Schedule> apply(Map<String, Schedule> declared) {
        Map<String, ScheduleProperties> byName = new TreeMap<>();
        properties.forEach((name, given) -> {
            String of = declaredName(name, declared.keySet());
            ScheduleProperties other = byName.putIfAbsent(of, given);
            if (other != null && !other.equals(given)) {
                throw new HeadraceSetupException(
                        "The properties of schedule '" + of
                                + "' are set under several names, one of them headrace.schedules[" + name
                                + "], and differ.",
                        "Set all of them under the same name, headrace.schedules[" + of + "].",
                        null);
            }
        });
        List<Schedule> changed = new ArrayList<>();
        declared.forEach((name, schedule) -> {
            ScheduleProperties given = byName.get(name);
            if (given == null) {
                changed.add(schedule);
            } else if (given.enabled()) {
                changed.add(change(schedule, given));
            }
        });
        return changed;
    }

    /** An environment variable has neither case nor dashes. */
    private String declaredName(String name, Set<String> declared) {
        if (declared.contains(name)) {
            return name;
        }
        List<String> alike = declared.stream()
                .filter(each -> plain(each).equals(plain(name)))
                .toList();
        if (alike.size() == 1) {
            return alike.get(0);
        }
        if (isPart) {
            return name;
        }
        throw new HeadraceSetupException(
                "headrace.schedules." + name + " is set, but no bean declares a schedule '" + name + "'. Declared are: "
                        + new TreeSet<>(declared) + ".",
                "Correct the name, or remove the properties. They override what @JobSchedule and Schedule beans declare,"
                        + " not what a JobEngineCustomizer adds.",
                null);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static Schedule change(Schedule schedule, ScheduleProperties given) {
        try {
            Duration jitter = given.jitter();
            String misfire = given.misfire();
            Overlap overlap = given.overlap();
            return on(timetable(schedule, given), schedule)
                    .jitter(jitter == null ? schedule.jitter() : jitter)
                    .misfire(misfire == null ? schedule.misfire() : read(misfire))
                    .overlap(overlap == null ? schedule.overlap() : overlap);
        } catch (HeadraceException e) {
            throw e instanceof HeadraceSetupException
                    ? e
                    : new HeadraceSetupException(
                            "headrace.schedules." + schedule.name() + " is invalid: " + e.getMessage() + ".",
                            "Correct the property.",
                            e);
        }
    }

    private static Misfire read(String misfire) {
        return MisfireText.read(misfire).orElseThrow();
    }

    private static Timetable timetable(Schedule schedule, ScheduleProperties given) {
        Duration every = given.every();
        if (every != null) {
            return Every.of(every);
        }
        String cron = given.cron();
        @Nullable
        ZoneId zone = given.zone() == null ? null : ZoneId.of(given.zone().strip());
        Timetable declared = schedule.timetable();
        if (cron != null) {
            return Cron.of(cron, zone == null ? zoneOf(declared) : zone);
        }
        if (zone == null) {
            return declared;
        }
        if (declared instanceof Cron of) {
            return Cron.of(of.expression(), zone);
        }
        throw new HeadraceSetupException(
                "headrace.schedules." + schedule.name() + ".zone is set, but the schedule has no cron: "
                        + declared.describe() + ".",
                "Remove the property, or set cron as well.",
                null);
    }

    private static ZoneId zoneOf(Timetable declared) {
        return declared instanceof Cron ? declared.zone() : ZoneOffset.UTC;
    }

    @SuppressWarnings("unchecked") // the function makes jobs of the type: it was declared with it
    private static Schedule on(Timetable timetable, Schedule schedule) {
        Function<? super Fire, ? extends NewJob<?>> maker = schedule.maker();
        return maker == null
                ? Schedule.of(schedule.name(), timetable, Objects.requireNonNull(schedule.job()))
                : Schedule.of(
                        schedule.name(), timetable, (JobType<Object>) schedule.type(), (Function<Fire, NewJob<Object>>)
                                maker);
    }
}
