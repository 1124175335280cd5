package io.headrace.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.UsageException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CpuScenarioTest {

    private static final Console NOWHERE = new Console(
            new PrintStream(OutputStream.nullOutputStream()), new PrintStream(OutputStream.nullOutputStream()));

    @TempDir
    Path folder;

    /** Each runs, for a moment, in this process: what it measures so is worth nothing. */
    @Test
    void everyBenchmarkRuns() throws Exception {
        assertThat(run("--forks", "0", "--warmups", "0", "--iterations", "1", "--iteration", "10"))
                .isTrue();

        JsonNode metrics = JsonMapper.shared()
                .readTree(folder.resolve("results.json").toFile())
                .get("metrics");
        assertThat(metrics.propertyNames())
                .contains(
                        "cpu_job_id_read_ns",
                        "cpu_job_id_write_bytes",
                        "cpu_payload_read_ns",
                        "cpu_payload_write_ns",
                        "cpu_claim_answer_read_ns",
                        "cpu_claim_answer_next_ns",
                        "cpu_smart_flush_gathered_ns",
                        "cpu_smart_flush_one_at_a_time_ns",
                        "cpu_backoff_exponential_ns",
                        "cpu_backoff_jittered_ns");
        assertThat(metrics.at("/cpu_job_id_read_ns/median").doubleValue()).isPositive();
    }

    @Test
    void aNameThatNoneHasIsSaid() {
        assertThatThrownBy(() -> run("--only", "Nonesuch"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--only");
    }

    private boolean run(String... words) throws Exception {
        CpuScenario scenario = new CpuScenario();
        List<Option> known = new ArrayList<>(scenario.options());
        known.add(new Option("--out", folder.toString(), "the folder"));
        return scenario.run(Options.parse(List.of(words), known), NOWHERE);
    }
}
