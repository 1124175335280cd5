package io.headrace.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.server.BriskServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The scenarios that measure, by their command lines: small runs, of which no number is looked at. */
@Tag("slow")
class MeasuringTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

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
    void goesOn() throws Exception {
        assertThat(metrics("goes-on"))
                .contains(
                        "batch_jobs_per_s",
                        "batch_single_jobs_per_s",
                        "batch_over_single",
                        "steps_jobs_per_s",
                        "wal_bytes_per_step",
                        "statements_per_1000_steps",
                        "await_p50_ms",
                        "await_other_process_p50_ms",
                        "signal_to_start_p50_ms",
                        "waiting_claim_over_clean",
                        "races_undecided",
                        "broken_chains",
                        "doubled_chains",
                        "disagreeing_rows",
                        "repeated_steps");
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

    /** Runs it, in its tiny form if no options are given, and looks at what it leaves behind. */
    private List<String> metrics(String args) throws Exception {
        assertThat(run(args + (args.contains(" ") ? "" : tiny(args)) + " --out " + folder + " --url "
                        + BriskServer.url()))
                .as(err::toString)
                .isEqualTo(Command.OK);

        JsonNode results =
                JsonMapper.shared().readTree(folder.resolve("results.json").toFile());
        List<String> names = new ArrayList<>(results.get("metrics").propertyNames());
        results.get("metrics")
                .forEach(metric -> assertThat(metric.get("median").isNumber())
                        .as("%s in %s", metric, results)
                        .isTrue());
        assertThat(folder.resolve("report.html"))
                .content(UTF_8)
                .endsWith("</html>\n")
                .contains(names.get(0));
        assertThat(folder.resolve("metrics.csv")).content(UTF_8).hasLineCount(names.size() + 1);
        List<String> files = Arrays.stream(folder.toFile().list()).sorted().toList();
        assertThat(files).noneMatch(file -> file.endsWith(".part"));
        assertThat(files)
                .filteredOn(file -> file.endsWith(".png"))
                .isNotEmpty()
                .allSatisfy(picture -> assertThat(files).contains(picture.replace(".png", ".csv")));
        return names;
    }

    private static String tiny(String name) {
        return Benchmarks.SCENARIOS.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .flatMap(Scenario::shortForm)
                .map(form -> " " + form.tiny())
                .orElseThrow();
    }

    private int run(String args) {
        return new Command(Benchmarks.SCENARIOS, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(List.of(args.split(" +")));
    }
}
