package io.headrace.spring.autoconfigure;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobType;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.Fire;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.JobSchedule;
import io.headrace.spring.TestApp;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** What properties change of declared schedules. */
@Tag("slow")
class SchedulePropertiesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Component
    static class Mill {
        @HandlesJob("grind")
        void grind(String grain) {}

        @JobSchedule(name = "nightly-grind", cron = "0 3 * * *", zone = "Europe/Berlin")
        String nightly(Fire fire) {
            return fire.schedule();
        }

        @JobSchedule(name = "zoned", cron = "0 3 * * *")
        String zoned() {
            return "rye";
        }

        @JobSchedule(name = "often", every = "5m", misfire = "SKIP")
        String often() {
            return "rye";
        }

        @JobSchedule(name = "disabled", every = "5m")
        String disabled() {
            return "rye";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        Schedule bean() {
            return Schedule.of(
                    "Of a bean",
                    Every.of(Duration.ofMinutes(5)),
                    JobType.of("grind", String.class).job("oats"));
        }
    }

    private static TestApp app() {
        return TestApp.of(Mill.class, Beans.class);
    }

    @Test
    void overridesWhatIsSetAndNothingElse() {
        try (TestApp app = app().with("headrace.schedules.nightly-grind.cron", "30 4 * * MON")
                .with("headrace.schedules.nightly-grind.jitter", "1m")
                .with("headrace.schedules.zoned.zone", "Asia/Kolkata")
                .with("headrace.schedules.often.misfire", "ALL(5)")
                .with("headrace.schedules.often.overlap", "queue-one")
                .with("headrace.schedules.disabled.enabled", "false")
                .with("headrace.schedules[Of a bean].every", "10m")
                .start()) {
            Map<String, ScheduleSnapshot> stored = app.operator()
                    .schedules()
                    .list()
                    .collect(Collectors.toMap(ScheduleSnapshot::name, each -> each))
                    .block(PATIENCE);

            assertThat(stored).containsOnlyKeys("Of a bean", "nightly-grind", "often", "zoned");
            assertThat(stored.get("nightly-grind").timetable()).isEqualTo(Cron.of("30 4 * * MON", BERLIN));
            assertThat(stored.get("nightly-grind").jitter()).isEqualTo(Duration.ofMinutes(1));
            assertThat(stored.get("zoned").timetable()).isEqualTo(Cron.of("0 3 * * *", "Asia/Kolkata"));
            assertThat(stored.get("often").timetable().text()).startsWith("every PT5M");
            assertThat(stored.get("often").misfire()).isEqualTo(Misfire.all(5));
            assertThat(stored.get("often").overlap()).isEqualTo(Overlap.QUEUE_ONE);
            assertThat(stored.get("Of a bean").timetable().text()).startsWith("every PT10M");
        }
    }

    /** As HEADRACE_SCHEDULES_NIGHTLYGRIND_CRON is read. */
    @Test
    void aNameNeedsNeitherCaseNorDashes() {
        try (TestApp app = app().with("headrace.schedules.nightlygrind.every", "1h")
                .with("headrace.schedules.ofabean.misfire", "skip")
                .with("headrace.engine.retention.fires", "1d")
                .start()) {
            assertThat(app.operator()
                            .schedules()
                            .find("nightly-grind")
                            .block(PATIENCE)
                            .timetable()
                            .text())
                    .startsWith("every PT1H");
            assertThat(app.operator()
                            .schedules()
                            .find("Of a bean")
                            .block(PATIENCE)
                            .misfire())
                    .isEqualTo(Misfire.SKIP);
        }
    }

    private static String reading(String property, String value) {
        return WrongSetupTest.reading(app().with("headrace.migrate", "off").with(property, value));
    }

    @Test
    void aScheduleThatIsNotDeclaredIsNamed() {
        assertThat(reading("headrace.schedules.nightly-grid.jitter", "1m"))
                .contains("headrace.schedules.nightly-grid is set, but no bean declares")
                .contains("[Of a bean, disabled, nightly-grind, often, zoned]")
                .contains("Correct the name");
    }

    @Test
    void propertiesUnderSeveralNamesAreRefused() {
        assertThat(WrongSetupTest.reading(app().with("headrace.migrate", "off")
                        .with("headrace.schedules[Of a bean].misfire", "skip")
                        .with("headrace.schedules.ofabean.every", "10m")))
                .contains("of schedule 'Of a bean' are set under several names")
                .contains("headrace.schedules[Of a bean]");
    }

    @Test
    void unknownPropertiesAreNamed() {
        assertThat(reading("headrace.schedules.often.evry", "1m"))
                .contains("Unknown Headrace property", "headrace.schedules.often.evry");
    }

    @Test
    void aPeriodHasNoZone() {
        assertThat(reading("headrace.schedules.often.zone", "Europe/Berlin"))
                .contains("headrace.schedules.often.zone is set, but the schedule has no cron: Every 5 minutes")
                .contains("set cron as well");
    }

    @Test
    void wrongValuesAreNamedAllAtOnce() {
        assertThat(WrongSetupTest.reading(app().with("headrace.engine.retention.fires", "0s")
                        .with("headrace.schedules.nightly-grind.cron", "61 * * * *")
                        .with("headrace.schedules.nightly-grind.every", "5m")
                        .with("headrace.schedules.zoned.zone", "Mars/Olympus")
                        .with("headrace.schedules.often.every", "1ms")
                        .with("headrace.schedules.often.jitter", "25h")
                        .with("headrace.schedules.often.misfire", "ALL(0)")))
                .contains("headrace.engine.retention.fires")
                .contains("headrace.schedules[nightly-grind].cron", "minute at position 1")
                .contains("headrace.schedules[nightly-grind].every", "must not be set together with")
                .contains("headrace.schedules[zoned].zone", "is unknown")
                .contains("headrace.schedules[often].every", "outside 1 second")
                .contains("headrace.schedules[often].jitter", "must be 0s to 1d")
                .contains("headrace.schedules[often].misfire", "must be ONCE, SKIP, or ALL(n)");
    }
}
