package io.headrace.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.contender.LatencyProbe;
import io.headrace.benchmarks.server.BriskServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reckoning, by contenders that do nothing and say how long it took them. */
@Tag("slow")
class ComparePlanTest {

    private static final Offset<Double> EXACT = within(1e-6);

    @TempDir
    Path folder;

    private final List<String> opened = new ArrayList<>();

    @Test
    void everybodyHasTheSameTurnsAndTheRatiosAreThoseOfARun() throws Exception {
        CompareScenario scenario = new CompareScenario(List.of(
                () -> new Idle("headrace", Duration.ofSeconds(1)),
                () -> new Idle("slow", Duration.ofSeconds(4)),
                () -> new Idle("floor", Duration.ofMillis(500))));
        Console nowhere = new Console(silent(), silent());
        List<String> args = List.of(
                "--jobs",
                "2000",
                "--runs",
                "2",
                "--warm-up",
                "0",
                "--out",
                folder.toString(),
                "--url",
                BriskServer.url());
        List<io.headrace.benchmarks.Option> known = new ArrayList<>(scenario.options());
        known.add(new io.headrace.benchmarks.Option("--out", "", ""));
        known.add(new io.headrace.benchmarks.Option("--url", "", ""));

        assertThat(scenario.run(Options.parse(args, known), nowhere)).isTrue();

        JsonNode metrics = JsonMapper.shared()
                .readTree(folder.resolve("results.json").toFile())
                .get("metrics");
        assertThat(median(metrics, "drain_jobs_per_s")).isEqualTo(2_000, EXACT);
        assertThat(median(metrics, "slow_drain_jobs_per_s")).isEqualTo(500, EXACT);
        assertThat(median(metrics, "ratio_drain_over_slow")).isEqualTo(4, EXACT);
        assertThat(median(metrics, "engine_over_floor_drain")).isEqualTo(0.5, EXACT);
        assertThat(metrics.has("slow_enqueue_bulk_jobs_per_s")).isTrue();
        assertThat(metrics.has("ratio_enqueue_bulk_over_slow")).isTrue();
        assertThat(metrics.has("engine_over_floor_enqueue")).isTrue();
        List<String> turn = List.of("headrace", "headrace", "slow", "slow", "floor", "floor");
        assertThat(opened)
                .as("a warm-up and two runs")
                .hasSize(3 * turn.size())
                .startsWith(turn.toArray(String[]::new));
        assertThat(opened.subList(turn.size(), 2 * turn.size())).isEqualTo(turn);
    }

    private static double median(JsonNode metrics, String name) {
        return metrics.get(name).get("median").doubleValue();
    }

    private static PrintStream silent() {
        return new PrintStream(OutputStream.nullOutputStream(), true);
    }

    private final class Idle implements Contender {

        private final String name;
        private final Duration drained;

        Idle(String name, Duration drained) {
            this.name = name;
            this.drained = drained;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void open(ContenderSettings settings) {
            opened.add(name);
        }

        @Override
        public void enqueueBulk(int jobs) {}

        @Override
        public void enqueueSingle(int jobs) {}

        @Override
        public void drain(int jobs) {}

        @Override
        public Optional<Duration> drained() {
            return Optional.of(drained);
        }

        @Override
        public boolean hasLatency() {
            return false;
        }

        @Override
        public void startLatency(LatencyProbe probe) {}

        @Override
        public void enqueueForLatency(long sequence) {}

        @Override
        public void stopLatency() {}

        @Override
        public void close() {}
    }
}
