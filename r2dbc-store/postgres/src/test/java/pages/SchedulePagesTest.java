package pages;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.schedule.BackfillReport;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.SaveAnswer;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.ScheduleState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Runs the program of the page about schedules. */
class SchedulePagesTest extends PageTests {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final List<Object> done = new CopyOnWriteArrayList<>();
    private final Schedules page = new Schedules(store, new Schedules.Bank() {
        @Override
        public Mono<Void> write(Schedules.Report report) {
            return Mono.fromRunnable(() -> done.add(report));
        }

        @Override
        public Mono<Void> check(Schedules.Check check) {
            return Mono.fromRunnable(() -> done.add(check));
        }
    });

    private static Schedules.Report report(String day) {
        return new Schedules.Report("Berlin", LocalDate.parse(day));
    }

    @Test
    void theSmallestProgram() {
        started(page.engine(store));
        runDueAfter(ofMinutes(59));
        assertThat(done).isEmpty();

        runDueAfter(ofMinutes(1));
        runDueAfter(ofHours(1));
        assertThat(done).containsExactly(new Schedules.Check("all"), new Schedules.Check("all"));
    }

    @Test
    void aPayloadForEachInstant() {
        started(page.reportingEngine(store));
        runDueAfter(ofHours(2).plus(ofMinutes(5)));
        assertThat(done).containsExactly(report("2025-12-31"));
        assertThat(page.nextFive("nightly-report").block(PATIENCE))
                .first()
                .isEqualTo(Instant.parse("2026-01-02T02:00:00Z"));
        assertThat(page.history("nightly-report").collectList().block(PATIENCE))
                .containsExactly("2026-01-01T02:00:00Z ENQUEUED, job COMPLETED");
    }

    @Test
    void whatWasMissedAndWhatIsFiredAgain() {
        JobEngine engine = started(page.reportingEngine(store));
        runDueAfter(ofHours(3));
        engine.stop().block(PATIENCE);

        clock.advance(ofDays(3));
        started(page.reportingEngine(store));
        store.runDue().block(PATIENCE);
        // Handlers run side by side.
        assertThat(done)
                .containsExactlyInAnyOrder(
                        report("2025-12-31"), report("2026-01-01"), report("2026-01-02"), report("2026-01-03"));
        assertThat(page.history("nightly-report").collectList().block(PATIENCE))
                .containsExactly(
                        "2026-01-04T02:00:00Z ENQUEUED, job COMPLETED",
                        "2026-01-03T02:00:00Z ENQUEUED, job COMPLETED",
                        "2026-01-02T02:00:00Z ENQUEUED, job COMPLETED",
                        "2026-01-01T02:00:00Z ENQUEUED, job COMPLETED");
    }

    @Test
    void operatedAtRunTime() {
        started(page.engine(store));
        assertThat(page.checkDaily("ada", BERLIN).block(PATIENCE)).isEqualTo(SaveAnswer.CREATED);
        assertThat(page.checkDaily("ada", BERLIN).block(PATIENCE)).isEqualTo(SaveAnswer.CHANGED);
        assertThat(page.runNow("check-ada").block(PATIENCE).outcome()).isEqualTo(FireOutcome.ENQUEUED);
        store.runDue().block(PATIENCE);
        assertThat(done).containsExactly(new Schedules.Check("ada"));

        BackfillReport report = page.backfill(
                        "check-ada", LocalDate.parse("2025-12-01"), LocalDate.parse("2025-12-11"), BERLIN)
                .block(PATIENCE);
        assertThat(report).isEqualTo(new BackfillReport(10, 10, 0, 0));
        BackfillReport again = page.backfill(
                        "check-ada", LocalDate.parse("2025-12-01"), LocalDate.parse("2025-12-12"), BERLIN)
                .block(PATIENCE);
        assertThat(again).as("idempotent").isEqualTo(new BackfillReport(11, 1, 0, 10));
        store.runDue().block(PATIENCE);
        assertThat(done).hasSize(12);
        assertThat(page.operator().fires("check-ada", null, 100).collectList().block(PATIENCE))
                .hasSize(12)
                .filteredOn(fire -> fire.cause() == FireCause.BACKFILL)
                .hasSize(11);

        page.operator().pause("check-ada").block(PATIENCE);
        assertThat(page.operator()
                        .find("check-ada")
                        .map(ScheduleSnapshot::state)
                        .block(PATIENCE))
                .isEqualTo(ScheduleState.PAUSED);
        page.operator().remove("check-ada").block(PATIENCE);
        assertThat(page.operator()
                        .list()
                        .map(ScheduleSnapshot::name)
                        .collectList()
                        .block(PATIENCE))
                .containsExactly("hourly-check");
    }
}
