package io.headrace.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios that measure, by their command lines: small runs, of which no number is looked at. */
@Tag("slow")
class MeasuringTest extends ScenarioTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throughput --runs 0                  | --runs must be a whole number of 1 to 100, not '0'",
                "throughput --jobs -1                 | --jobs must be a whole number of 1 to 50000000, not '-1'",
                "throughput --payload-bytes 3         | --payload-bytes must be a whole number of 32 to 1048576, not '3'",
                "throughput --rate 5                  | unknown option --rate",
                "latency --rate fast                  | --rate must be a whole number of 1 to 100000, not 'fast'",
                "pinned-horizon --jobs 9 --slices 10  | --jobs must be one for each of --slices at least",
                "scale --engines 1,none               | --engines must be a whole number of 1 to 32, not 'none'",
                "idle --window 0s                     | --window must be like 90s",
                "soak --duration soon                 | --duration must be like 90s, 10m or 2h, 30 days at most, not 'soon'",
                "soak --duration 0s                   | --duration must be like 90s",
                "soak --jobs 5                        | unknown option --jobs",
                "features --only nothing              | unknown feature nothing, there is unique_key, unique_for, throttle",
                "goes-on --only nothing               | unknown trial nothing, there is batch, steps, await",
                "goes-on --killed 0                   | --killed must be a whole number of 1 to 10000000, not '0'",
                "goes-on --waiting many               | --waiting must be a whole number of 1 to 10000000, not 'many'",
                "throughput --warm-up-run 5           | --warm-up-run must be yes or no, not '5'",
                "first-minute --seconds none          | --seconds must be one number at least",
                "first-minute --only nobody           | unknown entrant nobody, there is headrace, headrace_cds",
                "compare --only nobody                | unknown contender nobody, there is headrace, floor",
            })
    void whatCannotBeIsSaidBeforeAServerIsStarted(String args, String said) {
        assertThat(run(args)).isEqualTo(Command.USAGE);
        assertThat(err.toString(UTF_8)).startsWith("benchmarks: " + said).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throughput",
                "latency",
                "pinned-horizon",
                "scale",
                "failing",
                "features",
                "goes-on",
                "idle",
                "soak",
                "compare",
                "requests",
                "first-minute"
            })
    void aFolderThatCannotBeWrittenIsSaidBeforeAServerIsStarted(String scenario) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(run(scenario + " --out " + file)).isEqualTo(Command.USAGE);
        assertThat(err.toString(UTF_8))
                .startsWith("benchmarks: --out cannot be written: ")
                .hasLineCount(1);
    }

    @Test
    void throughput() throws Exception {
        assertThat(metrics("throughput"))
                .contains(
                        "enqueue_bulk_jobs_per_s",
                        "enqueue_single_jobs_per_s",
                        "drain_jobs_per_s",
                        "drain_single_sets_jobs_per_s",
                        "enqueue_in_transactions_jobs_per_s",
                        "transaction_with_job_over_without",
                        "cycle_jobs_per_s",
                        "engine_over_floor_drain",
                        "engine_over_floor_enqueue",
                        "wal_bytes_per_job_bulk",
                        "wal_bytes_per_job_single",
                        "statements_per_1000_jobs",
                        "dead_tuples_per_1000_jobs",
                        "allocated_bytes_per_job");
    }

    @Test
    void latency() throws Exception {
        assertThat(metrics("latency"))
                .contains(
                        "latency_p50_ms",
                        "latency_p99_ms",
                        "latency_p50_ms_other_process",
                        "latency_p99_ms_other_process",
                        "latency_settled_p50_ms",
                        "trickle_wait_over_handler");
    }

    @Test
    void pinnedHorizon() throws Exception {
        assertThat(metrics("pinned-horizon"))
                .contains("pinned_over_clean_throughput", "pinned_flatness", "readers_over_clean_throughput");
    }

    @Test
    void scale() throws Exception {
        assertThat(metrics("scale"))
                .contains("engines_2_over_1", "queues_3_over_1", "backlog_2k_over_1k", "unhandled_over_clean");
    }

    @Test
    void failing() throws Exception {
        assertThat(metrics("failing")).contains("failing_1_over_none", "failing_20_over_none", "failing_100_over_none");
    }

    @Test
    void features() throws Exception {
        assertThat(metrics("features"))
                .contains(
                        "feature_unique_key_over_plain",
                        "feature_unique_key_wal_bytes_per_job",
                        "feature_unique_key_plain_wal_bytes_per_job",
                        "feature_unique_key_statements_per_1000_jobs",
                        "feature_unique_key_allocated_bytes_per_job");
        assertThat(folder.resolve("features.csv")).content(UTF_8).hasLineCount(2);
    }

    @Test
    void idle() throws Exception {
        assertThat(metrics("idle"))
                .contains(
                        "idle_3_transactions_per_minute",
                        "idle_3_wal_bytes_per_minute",
                        "idle_3_cpu_s_per_minute",
                        "idle_3_server_cpu_s_per_minute");
    }

    @Test
    void soak() throws Exception {
        assertThat(metrics("soak --duration 2s --rate 100")).contains("soak_jobs_per_s", "dead_tuples_max");
    }

    @Test
    void firstMinute() throws Exception {
        assertThat(metrics("first-minute"))
                .contains(
                        "first_1_s_jobs",
                        "engine_first_1_s_jobs",
                        "db_scheduler_first_1_s_jobs",
                        "db_scheduler_engine_first_1_s_jobs");
    }

    @Test
    void requests() throws Exception {
        assertThat(metrics("requests"))
                .contains(
                        "request_row_p99_ms",
                        "request_row_in_transaction_p99_ms",
                        "request_row_with_job_p99_ms",
                        "request_p50_overhead_ms",
                        "request_limit_with_job_over_row",
                        "request_limit_with_job_over_transaction",
                        "request_p99_with_job_over_row",
                        "request_p99_with_job_over_transaction");
    }
}
