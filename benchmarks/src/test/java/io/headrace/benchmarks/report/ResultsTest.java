package io.headrace.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultsTest {

    @TempDir
    Path folder;

    @Test
    void isWrittenWholeAndReplacesTheOneBefore() throws Exception {
        write(1);
        Path file = write(2);

        JsonNode json = JsonMapper.shared().readTree(file.toFile());

        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder("scenario", "settings", "environment", "metrics", "grids", "plots");
        assertThat(json.at("/metrics/jobs/median").doubleValue()).isEqualTo(2);
        assertThat(json.at("/metrics/jobs/unit").stringValue()).isEqualTo("jobs");
        assertThat(folder.resolve("out")).isDirectoryContaining(path -> path.equals(file));
        assertThat(folder.resolve("out").toFile().list()).hasSize(1);
    }

    private Path write(long jobs) throws Exception {
        return new Results("grind", Map.of("seed", "1"), Map.of(), Map.of("jobs", Metric.of(jobs, "jobs")))
                .write(folder.resolve("out"));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(Metric.of(List.of(4.0, 1.0, 3.0, 2.0), "s")).isEqualTo(new Metric(2.5, 1, 4, "s"));
        assertThat(Metric.of(List.of(3.0, 1.0, 2.0), "s")).isEqualTo(new Metric(2, 1, 3, "s"));
    }
}
