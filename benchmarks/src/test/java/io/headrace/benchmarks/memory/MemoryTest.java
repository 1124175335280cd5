package io.headrace.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.server.BriskServer;
import io.headrace.benchmarks.server.Server;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The small form: what waits is drained at each concurrency. */
@Tag("slow")
class MemoryTest {

    @Test
    void allIsDrainedWithoutAnError() throws Exception {
        MemorySettings small = new MemorySettings(20, 200, 48, List.of(5, 200));
        try (Server server = BriskServer.open()) {
            MemoryRun.Outcome outcome = new MemoryRun(small, server, System.err).run();

            assertThat(outcome.sound()).isTrue();
            assertThat(outcome.metrics().get("payload_mb").median()).isBetween(18.0, 22.0);
            assertThat(outcome.metrics().get("memory_5_heap_peak_mib").median()).isBetween(1.0, 48.0);
            assertThat(outcome.metrics()).containsKeys("memory_200_s", "memory_200_mb_per_s", "memory_200_errors");
            assertThat(outcome.sentences()).hasSize(2).allMatch(sentence -> sentence.contains("0 errors"));
        }
    }
}
