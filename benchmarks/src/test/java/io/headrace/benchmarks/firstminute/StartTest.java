package io.headrace.benchmarks.firstminute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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

        start.addTo(measured, "cds_", List.of(2, 3));

        assertThat(measured.last("cds_first_2_s_jobs")).isEqualTo(100);
        assertThat(measured.last("cds_first_3_s_jobs")).isEqualTo(200);
        assertThat(measured.last("cds_engine_first_2_s_jobs")).isEqualTo(200);
        assertThat(measured.last("cds_first_job_s")).isEqualTo(2);
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

    private void count(long handled, int second) {
        counts.add(handled, PROCESS + second * 1_000_000_000L);
    }
}
