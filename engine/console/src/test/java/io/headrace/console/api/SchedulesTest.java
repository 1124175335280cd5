package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Schedule;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Schedules: shown, previewed, fired, changed. */
class SchedulesTest {

    private static final JobType<String> REPORT = JobType.of("report", String.class);

    private final ManualClock clock = ManualClock.startingAt(Instant.parse("2026-03-28T00:00:00Z"));
    private final InMemoryJobStore store = InMemoryJobStore.held(clock);
    private final JobOperator operator = JobOperator.create(store);
    private final Api api = Api.of(operator);

    @BeforeEach
    void oneSchedule() {
        operator.schedules()
                .save(Schedule.of("nightly", Cron.of("30 2 * * *", "Europe/Berlin"), REPORT.job("all"))
                        .jitter(Duration.ofSeconds(90)))
                .block();
    }

    @Test
    void aScheduleIsShownWithItsTimetableInWords() {
        JsonNode schedule = api.get("/schedules").ok().at("/schedules/0");
        assertThat(schedule.path("timetable").asString()).isEqualTo("cron 30 2 * * *");
        assertThat(schedule.path("zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(schedule.path("description").asString()).isEqualTo("At 02:30, Europe/Berlin time");
        assertThat(schedule.path("jitterSeconds").asDouble()).isEqualTo(90);
        assertThat(api.get("/schedules/nightly").ok()).isEqualTo(schedule);
    }

    @Test
    void aPreviewMarksWhatChangesOfTheClocksDo() {
        JsonNode instants = api.get("/schedules/nightly/preview?count=3").ok().path("instants");
        assertThat(instants).hasSize(3);
        assertThat(instants.at("/0/shift").asString()).isEqualTo("NONE");
        assertThat(instants.at("/1/shift").asString()).isEqualTo("GAP");
        assertThat(instants.at("/1/at").asString()).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(instants.at("/1/local").asString()).isEqualTo("2026-03-29T03:00:00+02:00");
    }

    @Test
    void aScheduleIsFiredAndItsFiresAreListed() {
        JsonNode fire = api.post("/schedules/nightly/run").ok();
        assertThat(fire.path("cause").asString()).isEqualTo("RUN_NOW");
        assertThat(fire.path("outcome").asString()).isEqualTo("ENQUEUED");
        JsonNode fires = api.get("/schedules/nightly/fires").ok().path("fires");
        assertThat(fires).hasSize(1);
        assertThat(fires.at("/0/jobState").asString()).isEqualTo("PENDING");
        assertThat(api.get("/schedules/nightly/fires?before=2026-01-01T00:00:00Z")
                        .ok()
                        .path("fires"))
                .isEmpty();
    }

    @Test
    void aScheduleIsPausedResumedAndRemoved() {
        api.post("/schedules/nightly/pause").done();
        assertThat(api.get("/schedules/nightly").ok().path("state").asString()).isEqualTo("PAUSED");
        api.post("/schedules/nightly/resume").done();
        assertThat(api.get("/schedules/nightly").ok().path("state").asString()).isEqualTo("ACTIVE");
        api.post("/schedules/nightly/remove").done();
        assertThat(api.get("/schedules/nightly").problem(404, "UNKNOWN_SCHEDULE"))
                .contains("'nightly'");
    }

    @Test
    void aRangeIsFiredAfterwards() {
        String range = "{\"from\": \"2026-03-01T00:00:00Z\", \"to\": \"2026-03-11T00:00:00Z\"}";
        JsonNode report = api.post("/schedules/nightly/backfill", range).ok();
        assertThat(report.path("fired").asInt()).isEqualTo(10);
        assertThat(api.post("/schedules/nightly/backfill", range)
                        .ok()
                        .path("already")
                        .asInt())
                .isEqualTo(10);
    }

    @Test
    void whatIsWrongWithABodyIsSaid() {
        String path = "/schedules/nightly/backfill";
        assertThat(api.post(path).problem(400, "INVALID_BODY")).isEqualTo("The body is empty");
        assertThat(api.post(path, "{").problem(400, "INVALID_BODY")).startsWith("The body is not valid: ");
        assertThat(api.post(path, "{\"from\": \"2026-03-01T00:00:00Z\"}").problem(400, "INVALID_BODY"))
                .isEqualTo("Missing field 'to'");
        assertThat(api.post(path, "{\"since\": 1}").problem(400, "INVALID_BODY"))
                .contains("since");
    }

    @Test
    void whatIsWrongWithAParameterIsSaid() {
        assertThat(api.get("/schedules/nightly/preview?count=0").problem(400, "INVALID_PARAMETER"))
                .isEqualTo("count: 0 is outside 1 to 1000");
        assertThat(api.get("/schedules/nightly/preview?count=many").problem(400, "INVALID_PARAMETER"))
                .isEqualTo("count: 'many' is not a whole number");
        assertThat(api.get("/schedules/nightly/fires?before=yesterday").problem(400, "INVALID_PARAMETER"))
                .isEqualTo("before: 'yesterday' is not a time such as 2026-11-28T09:00:00Z");
    }
}
