package io.headrace.benchmarks.firstminute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.peer.DbScheduler;
import io.headrace.benchmarks.report.Lines;
import io.headrace.benchmarks.report.Measurements;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTest {

    private static final long PROCESS = 7_000_000_000L;
    private static final long ENGINE = PROCESS + 1_000_000_000L;

    private final Counts counts = new Counts();
    private final Start start = new Start(PROCESS, ENGINE, counts);

    @Test
    void countsFromTheStartOfTheProcessAndOfItsWorkers() {
        count(0, 1);
        count(100, 2);
        count(300, 4);
        Measurements measured = new Measurements();

        start.addTo(measured, "cds_", List.of(2, 3), 1_000);

        assertThat(measured.last("cds_first_2_s_jobs")).isEqualTo(100);
        assertThat(measured.last("cds_first_3_s_jobs")).isEqualTo(200);
        assertThat(measured.last("cds_engine_first_2_s_jobs")).isEqualTo(200);
        assertThat(measured.last("cds_first_job_s")).isEqualTo(2);
        assertThat(measured.last("cds_backlog_drained")).isEqualTo(0.3);
    }

    @Test
    void saysNothingOfSecondsInWhichNoJobWasLeft() {
        count(100, 1);
        count(200, 2);
        count(200, 5);
        Measurements measured = new Measurements();

        start.addTo(measured, "", List.of(1, 3), 200);

        assertThat(measured.metrics()).containsOnlyKeys("first_1_s_jobs", "first_job_s", "backlog_drained");
        assertThat(measured.last("backlog_drained")).isEqualTo(1);
    }

    @Test
    void cutsTheTimeIntoSlices() {
        count(100, 2);
        count(500, 4);

        Lines.Line line = start.slices("headrace", Duration.ofSeconds(2), Duration.ofSeconds(4));

        assertThat(line.xs()).containsExactly(2.0, 4.0);
        assertThat(line.ys()).containsExactly(50.0, 200.0);
    }

    @Test
    void doesNotGuessWhatCameAfterTheLastCount() {
        count(100, 2);

        assertThatIllegalStateException()
                .isThrownBy(() -> counts.after(PROCESS, Duration.ofSeconds(3)))
                .withMessageContaining("not watched");
    }

    @Test
    void comparesWithPeersAndArchivesWithNone() {
        Measurements measured = new Measurements();
        measured.add("first_10_s_jobs", 800, "jobs");
        measured.add("cds_first_10_s_jobs", 1_600, "jobs");
        measured.add("db_scheduler_first_10_s_jobs", 100, "jobs");
        measured.add("engine_first_10_s_jobs", 900, "jobs");
        measured.add("db_scheduler_engine_first_10_s_jobs", 300, "jobs");

        for (Entrant entrant : List.of(
                Entrant.of(HeadraceContender::new), Entrant.ours(ClassArchive.CDS), Entrant.of(DbScheduler::new))) {
            FirstMinutePlan.addRatios(measured, entrant, List.of(10));
        }

        assertThat(measured.last("first_10_s_over_db_scheduler")).isEqualTo(8);
        assertThat(measured.last("engine_first_10_s_over_db_scheduler")).isEqualTo(3);
        assertThat(measured.last("first_10_s_cds_over_plain")).isEqualTo(2);
        assertThat(measured.metrics()).hasSize(8);
    }

    @Test
    void knowsNoFirstJobWhereNoneWasHandled() {
        count(0, 2);

        assertThat(counts.secondsToFirst(PROCESS)).isEmpty();
    }

    private void count(long handled, int second) {
        counts.add(handled, PROCESS + second * 1_000_000_000L);
    }
}
