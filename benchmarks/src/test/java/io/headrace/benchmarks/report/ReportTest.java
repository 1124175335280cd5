package io.headrace.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Map<String, Metric> METRICS =
            Map.of("drain <b>", Metric.of(List.of(1_234.0, 1_200.0, 1_300.0), "jobs/s"));

    private static final Grid GRID =
            new Grid("costs", "Costs <i>", List.of(List.of("feature", "WAL"), List.of("keys", "1 / 2 <i>")));

    @TempDir
    Path folder;

    @Test
    void hasItsPicturesInThePageAndTheirNumbersBesideIt() throws Exception {
        Plot bars = new Bars("rates", "Rates, all of them", METRICS, false);
        Plot lines =
                new Lines("time", "Over time", "s", "jobs/s", List.of(Lines.Line.numbered("a,b", List.of(5.0, 7.0))));

        Path page = report(List.of(bars, lines)).write(folder);

        assertThat(page)
                .content(UTF_8)
                .startsWith("<!doctype html>")
                .endsWith("</html>\n")
                .contains(
                        "drain &lt;b&gt;",
                        "1,234",
                        "<h2>Costs &lt;i&gt;</h2>",
                        "<td>1 / 2 &lt;i&gt;</td>",
                        "data:image/png;base64,")
                .doesNotContain("<b>", "<i>", "src=\"http");
        assertThat(folder.resolve("time.csv"))
                .content(UTF_8)
                .isEqualTo("line,s,jobs/s\n\"a,b\",1.0,5.0\n\"a,b\",2.0,7.0\n");
        assertThat(Files.readAllBytes(folder.resolve("rates.png"))).startsWith(0x89, 'P', 'N', 'G');
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "results.json",
                        "metrics.csv",
                        "report.html",
                        "costs.csv",
                        "rates.csv",
                        "rates.png",
                        "time.csv",
                        "time.png");
    }

    @Test
    void isNotThereAtAllIfAPartOfItCannotBeMade() {
        Plot broken = new Lines("broken", "No points", "s", "s", List.of(Lines.Line.numbered("none", List.of())));

        assertThatThrownBy(() -> report(List.of(broken)).write(folder)).isInstanceOf(IllegalArgumentException.class);

        assertThat(folder).isEmptyDirectory();
    }

    private static Report report(List<Plot> plots) {
        return Report.of(new Results("grind", Map.of("runs", "3"), Map.of(), METRICS), List.of(GRID), plots);
    }
}
