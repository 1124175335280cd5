package io.headrace.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JmhMetricsTest {

    @Test
    void aMethodIsNamedAsMetricsAre() {
        assertThat(JmhMetrics.name("io.headrace.engine.flush.SmartFlushBenchmark.oneAtATime"))
                .isEqualTo("cpu_smart_flush_one_at_a_time");
        assertThat(JmhMetrics.name("io.headrace.benchmarks.jmh.JobIdBenchmark.read"))
                .isEqualTo("cpu_job_id_read");
    }
}
