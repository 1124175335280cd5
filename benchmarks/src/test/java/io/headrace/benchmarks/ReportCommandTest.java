package io.headrace.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.headrace.benchmarks.overview.ReportScenario;
import io.headrace.benchmarks.report.Bars;
import io.headrace.benchmarks.report.Grid;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Report;
import io.headrace.benchmarks.report.Results;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenario that runs the others, with others that are over at once. */
class ReportCommandTest {

    private static final List<Scenario> MILLS =
            List.of(new Mill("grinds"), new Mill("breaks"), new Mill("stalls"), new Mill("dies"));

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** What the report starts for each scenario. */
    public static void main(String[] args) {
        System.exit(new Command(MILLS, System.out, System.err).run(List.of(args)));
    }

    @Test
    void aScenarioThatFailsIsReportedAndTheOthersRun() throws Exception {
        assertThat(report("--out", folder.toString())).as(err::toString).isEqualTo(Command.FAILED);

        assertThat(err.toString(UTF_8))
                .startsWith("minutes  scenario\n")
                .containsSubsequence(
                        "      2  grinds --flour 20\n",
                        "      8  expected in all\n",
                        "[1/4] grinds --flour 20, about 2 min\n",
                        "  flour is ground\n",
                        "[4/4] dies --flour 20, about 2 min\n");
        assertThat(out.toString(UTF_8))
                .containsPattern("grinds +ok|grinds  ok")
                .contains("failed: the wheel broke", "failed: exit code 1, see", "failed: exit code 9, see");
        assertThat(folder.resolve("report.html"))
                .content(UTF_8)
                .contains("1 of 4 scenarios ran", "failed: the wheel broke")
                .contains("<a href=\"#grinds\">", "<h1 id=\"grinds\">", "java -jar benchmarks.jar grinds --flour 20")
                .contains("<td>grinds</td><td>flour_kg</td><td class=\"n\">20</td><td>kg</td>")
                .contains("<td>how fine</td>", "alt=\"Flour\" src=\"data:image/png;base64,")
                .endsWith("</html>\n");
        assertThat(folder.resolve("metrics.csv"))
                .hasContent("scenario,name,median,min,max,unit\ngrinds,flour_kg,20.0,20.0,20.0,kg");
        assertThat(folder.resolve("grinds/output.txt")).content(UTF_8).contains("flour is ground");
    }

    @Test
    void theTinyFormOfOneScenarioIsRunAlone() {
        assertThat(report("--out", folder.toString(), "--form", "tiny", "--only", "grinds"))
                .as(err::toString)
                .isEqualTo(Command.OK);

        assertThat(err.toString(UTF_8)).contains("      1  grinds --flour 1\n", "      1  expected in all\n");
        assertThat(folder.resolve("metrics.csv")).content(UTF_8).contains("grinds,flour_kg,1.0");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("report.html", "metrics.csv", "grinds");
    }

    @Test
    void whatCannotBeIsSaidBeforeAnythingRuns() {
        assertThat(report()).isEqualTo(Command.USAGE);
        assertThat(report("--out", folder.toString(), "--form", "long")).isEqualTo(Command.USAGE);
        assertThat(report("--out", folder.toString(), "--only", "soak")).isEqualTo(Command.USAGE);

        assertThat(err.toString(UTF_8))
                .contains(
                        "--out must name the folder for the report",
                        "--form must be short or tiny, not 'long'",
                        "the report has no scenario soak, there is grinds, breaks, stalls, dies");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theShortFormsAreOptionsOfTheirScenariosAndTakeLessThanAnHour() {
        int minutes = 0;
        for (Scenario scenario : Benchmarks.SCENARIOS) {
            Optional<ShortForm> form = scenario.shortForm();
            for (String options : form.stream()
                    .flatMap(it -> Stream.of(it.options(), it.tiny()))
                    .toList()) {
                assertThatCode(() -> Options.parse(List.of(options.split(" ")), scenario.options()))
                        .as(scenario.name())
                        .doesNotThrowAnyException();
            }
            minutes += form.map(ShortForm::minutes).orElse(0);
        }
        assertThat(minutes).isBetween(10, 59);
    }

    private int report(String... options) {
        Scenario report = new ReportScenario(MILLS, ReportCommandTest.class);
        Command command =
                new Command(List.of(report), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return command.run(
                Stream.concat(Stream.of("report"), Stream.of(options)).toList());
    }

    /** Does what its name says. */
    private record Mill(String name) implements Scenario {

        @Override
        public String summary() {
            return name;
        }

        @Override
        public List<Option> options() {
            return List.of(new Option("--flour", "5", "kg"));
        }

        @Override
        public Optional<ShortForm> shortForm() {
            return Optional.of(new ShortForm(2, "--flour 20", "--flour 1", "flour_kg", "never_measured"));
        }

        @Override
        public boolean run(Options options, Console console) throws UsageException, IOException {
            switch (name) {
                case "breaks" -> throw new IllegalStateException("the wheel broke");
                case "dies" -> Runtime.getRuntime().halt(9);
                default -> {}
            }
            if (name.equals("grinds")) {
                console.out().println("flour is ground");
                Path to = Files.createDirectories(options.path("--out").orElseThrow());
                Map<String, Metric> flour = Map.of("flour_kg", Metric.of(options.number("--flour", 1, 100), "kg"));
                Results results = new Results(name, Map.of(), Map.of("cores", "2"), flour);
                Grid grid = new Grid("fineness", "Fineness", List.of(List.of("sieve"), List.of("how fine")));
                Report.of(results, List.of(grid), List.of(new Bars("flour", "Flour", flour, false)))
                        .write(to);
            }
            return !name.equals("stalls");
        }
    }
}
