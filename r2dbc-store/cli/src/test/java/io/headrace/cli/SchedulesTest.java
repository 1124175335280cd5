package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Schedule;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Schedules: shown, fired, paused, removed. */
class SchedulesTest {

    private static final String NAME = "nightly-report";

    private final OwnSchema schema = OwnSchema.migrated();

    @AfterEach
    void audit() {
        schema.audit();
        schema.close();
    }

    @Test
    void schedulesAreListedAndShown() {
        schema.schedule(NAME);

        assertThat(schema.run("schedule", "list").out())
                .contains("SCHEDULE        STATE   NEXT")
                .contains(NAME + "  ACTIVE  ")
                .contains("At 03:00, Europe/Berlin");
        assertThat(schema.run("schedule", "list", "--json").out())
                .startsWith("{\"schedules\":[{\"name\":\"nightly-report\",\"state\":\"ACTIVE\","
                        + "\"timetable\":\"cron 0 3 * * *\",\"zone\":\"Europe/Berlin\"");
        assertThat(schema.run("schedule", "show", NAME).out().lines())
                .contains("timetable           cron 0 3 * * *", "queue               mail", "fires               0");
    }

    @Test
    void thePreviewMarksWhatTheClocksDo() {
        schema.schedule(NAME);
        schema.operator()
                .schedules()
                .save(Schedule.of(
                        "gap", Cron.of("30 2 L MAR SUN", ZoneId.of("Europe/Berlin")), OwnSchema.LETTER.job("x")))
                .block(OwnSchema.PATIENCE);

        Ran ran = schema.run("schedule", "preview", NAME, "--count", "2");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("UTC ").contains(" 03:00:00 +0").hasLineCount(3);
        assertThat(schema.run("schedule", "preview", "gap", "-n", "40", "--json")
                        .out())
                .startsWith("{\"schedule\":\"gap\",\"zone\":\"Europe/Berlin\",\"instants\":[{\"at\":\"")
                .contains("\"shift\":\"GAP\"");
    }

    @Test
    void aScheduleRunsAndItsFiresAreOnRecord() {
        schema.schedule(NAME);

        Ran run = schema.run("schedule", "run", NAME, "--json");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\"cause\":\"RUN_NOW\",\"outcome\":\"ENQUEUED\"", "\"jobState\":\"PENDING\"");

        Ran fires = schema.run("schedule", "fires", NAME);
        assertThat(fires.out()).contains("RUN_NOW  ENQUEUED").hasLineCount(2);
        assertThat(schema.run("schedule", "fires", NAME, "--before", "2025-01-01T00:00Z", "--json")
                        .out())
                .isEqualTo("{\"schedule\":\"nightly-report\",\"fires\":[]}\n");
    }

    @Test
    void aRangeIsFiredOnce() {
        schema.schedule(NAME);
        String[] backfill = {"schedule", "backfill", NAME, "--from", "2025-11-20T00:00Z", "--to", "2025-11-23T00:00Z"};

        Ran asked = schema.asked(true, "\n", backfill);
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.err()).startsWith("Fire those of 3 times that have not fired? [y/N] ");
        assertThat(schema.run("schedule", "fires", NAME).out()).hasLineCount(1);

        assertThat(schema.asked(true, "y\n", backfill).out())
                .isEqualTo("times    3\nfired    3\nfailed   0\nalready  0\n");
        assertThat(schema.asked(true, "y\n", backfill).out())
                .isEqualTo("times    3\nfired    0\nfailed   0\nalready  3\n");
    }

    @Test
    void aRangeInTheFutureIsRefused() {
        schema.schedule(NAME);

        Ran ran = schema.run(
                "schedule", "backfill", NAME, "--from", "2090-01-01T00:00Z", "--to", "2090-01-02T00:00Z", "--yes");

        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).startsWith("headrace: ").hasLineCount(1);
    }

    @Test
    void aScheduleIsPausedResumedAndRemoved() {
        schema.schedule(NAME);

        assertThat(schema.run("schedule", "pause", NAME).out()).contains("state     PAUSED");
        assertThat(schema.run("schedule", "resume", NAME).out()).contains("state     ACTIVE");
        assertThat(schema.run("schedule", "remove", NAME)).isEqualTo(new Ran(0, NAME + " is removed\n", ""));
        assertThat(schema.run("schedule", "list").out()).doesNotContain(NAME);
    }

    @Test
    void whatEnginesDeclareIsNotRemoved() {
        JobEngine engine = JobEngine.builder(schema.store())
                .queue("mail", queue -> queue.concurrency(1))
                .subscribe(OwnSchema.LETTER, job -> Mono.empty())
                .schedule(NAME, Cron.of("0 3 1 1 *"), OwnSchema.LETTER.job("x"))
                .build();
        engine.start().block(OwnSchema.PATIENCE);

        Ran ran = schema.run("schedule", "remove", NAME);
        engine.stop().block(OwnSchema.PATIENCE);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("headrace: Schedule 'nightly-report' is declared in code")
                .hasLineCount(1);
    }

    @Test
    void aTimetableOfANewerVersionIsShownAsUnreadable() {
        schema.schedule(NAME);
        schema.execute("UPDATE %s.schedule SET timetable = 'moons 3'");

        assertThat(schema.run("schedule", "list").out()).contains("(unreadable here)");
        assertThat(schema.run("schedule", "show", NAME).out()).contains("in words            (unreadable here)");
        assertThat(schema.run("schedule", "show", NAME, "--json").out())
                .contains("\"timetable\":null,\"zone\":null,\"description\":null");
        Ran preview = schema.run("schedule", "preview", NAME);
        assertThat(preview.code()).isEqualTo(1);
        assertThat(preview.err())
                .startsWith("headrace: The timetable of schedule 'nightly-report' cannot be read here")
                .hasLineCount(1);
        assertThat(schema.run("schedule", "pause", NAME).out()).contains("PAUSED");
    }

    @Test
    void aScheduleThatDoesNotExistEndsWithThree() {
        for (String verb : new String[] {"show", "preview", "run", "pause", "resume", "remove", "fires"}) {
            Ran ran = schema.run("schedule", verb, "nightly-rpeort");

            assertThat(ran.code()).as(verb).isEqualTo(3);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err())
                    .isEqualTo("headrace: There is no schedule 'nightly-rpeort'. List the schedules for their names\n");
        }
    }
}
