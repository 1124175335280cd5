package io.headrace.benchmarks.idle;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.report.Measurements;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final long HALF_A_MINUTE = Duration.ofSeconds(30).toNanos();

    @Test
    void dividesByTheTimeAndTheEngines() {
        Reading before = new Reading(5, 100, 1_000, Duration.ofSeconds(3), cpu(Map.of(1L, Duration.ofSeconds(1))));
        Reading after = new Reading(
                5 + HALF_A_MINUTE,
                160,
                1_600,
                Duration.ofSeconds(4),
                // One session has begun in between.
                cpu(Map.of(1L, Duration.ofSeconds(2), 2L, Duration.ofSeconds(1))));
        Measurements measured = new Measurements();

        after.addTo(measured, before, "idle_10_engines", 10);

        assertThat(measured.last("idle_10_engines_transactions_per_minute")).isEqualTo(12);
        assertThat(measured.last("idle_10_engines_wal_bytes_per_minute")).isEqualTo(120);
        assertThat(measured.last("idle_10_engines_cpu_s_per_minute")).isEqualTo(0.2);
        assertThat(measured.last("idle_10_engines_server_cpu_s_per_minute")).isEqualTo(0.4);
    }

    @Test
    void leavesTheServerOutThatIsElsewhere() {
        Reading before = new Reading(0, 0, 0, Duration.ZERO, cpu(Map.of()));
        Reading after = new Reading(HALF_A_MINUTE, 1, 1, Duration.ZERO, cpu(Map.of()));
        Measurements measured = new Measurements();

        after.addTo(measured, before, "idle_1", 1);

        assertThat(measured.metrics()).hasSize(3).doesNotContainKey("idle_1_server_cpu_s_per_minute");
    }

    private static ServerCpu cpu(Map<Long, Duration> byProcess) {
        return new ServerCpu(byProcess);
    }
}
