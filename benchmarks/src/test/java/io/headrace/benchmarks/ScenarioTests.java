package io.headrace.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.server.BriskServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs scenarios by their command lines, in small runs, of which no number is looked at. */
abstract class ScenarioTests {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Runs it, in its tiny form if no options are given, and looks at what it leaves behind. */
    List<String> metrics(String args) throws Exception {
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

    int run(String args) {
        return new Command(Benchmarks.SCENARIOS, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(List.of(args.split(" +")));
    }
}
