package io.headrace.benchmarks.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CronOracleScenarioTest {

    private static final Console NOWHERE = new Console(
            new PrintStream(OutputStream.nullOutputStream()), new PrintStream(OutputStream.nullOutputStream()));

    @TempDir
    Path folder;

    @Test
    void aFewExpressionsShowNoDifference() throws Exception {
        CronOracleScenario scenario = new CronOracleScenario();
        List<Option> known = new ArrayList<>(scenario.options());
        known.add(new Option("--out", folder.toString(), "the folder"));

        assertThat(scenario.run(Options.parse(List.of("--expressions", "100", "--seed", "7"), known), NOWHERE))
                .isTrue();

        JsonNode metrics = JsonMapper.shared()
                .readTree(folder.resolve("results.json").toFile())
                .get("metrics");
        assertThat(metrics.at("/expressions/median").intValue()).isEqualTo(100);
        assertThat(metrics.at("/instants_checked/median").intValue()).isGreaterThan(1_000_000);
        assertThat(metrics.at("/fires_compared/median").intValue()).isPositive();
        assertThat(metrics.at("/differences/median").intValue()).isZero();
    }
}
