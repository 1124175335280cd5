package io.headrace.benchmarks.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.server.BriskServer;
import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.server.Server;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A few jobs of each feature, and as many of what they are compared with, in one database. */
@Tag("slow")
class FeaturesTest {

    private static final int JOBS = 20;
    private static final long ALL = JOBS;
    private static final long ONE_IN_TEN = JOBS / 10;

    /** What the features leave behind, and nothing else does. */
    private static final Map<String, Long> TRACES = Map.ofEntries(
            Map.entry("unique_key WHERE kept_until IS NOT NULL", ALL),
            Map.entry("throttle", ALL),
            Map.entry("job WHERE priority = 9", ONE_IN_TEN),
            Map.entry("job WHERE headers ->> 'tenant' IS NOT NULL", ALL),
            Map.entry("attempt_failure", ONE_IN_TEN),
            Map.entry("result", ALL),
            Map.entry("job WHERE queue = 'follow-ups'", ALL),
            Map.entry("step WHERE name <> 'row'", ALL),
            Map.entry("step s JOIN callers_row r ON r.xmin = s.xmin", ALL),
            Map.entry("completed c JOIN callers_row r ON r.xmin = c.xmin", ALL),
            Map.entry("awaited WHERE outcome = 'SIGNALLED'", ALL),
            Map.entry("job WHERE pg_column_size(payload) > 2000", ALL),
            Map.entry("job WHERE pg_column_size(payload) BETWEEN 1700 AND 2000", ALL),
            Map.entry("fire", ALL));

    @Test
    void theJobsOfEachFeatureHaveItAndRun() throws Exception {
        Set<Feature> all = new LinkedHashSet<>();
        for (Feature feature : Features.ALL) {
            all.add(feature.plain());
            all.add(feature);
        }
        try (Server server = BriskServer.open();
                FreshDatabase database = FreshDatabase.in(server)) {
            int first = 0;
            for (Feature feature : all) {
                try (Place place = Place.open(database, settings(database), feature)) {
                    place.live(new Numbers(first, JOBS));
                    place.headrace().audit();
                }
                first += JOBS;
            }
            assertThat(database.sql().number("SELECT count(*) FROM headrace.job WHERE queue <> 'follow-ups'"))
                    .isEqualTo(first);
            TRACES.forEach((rows, count) -> assertThat(database.sql().number("SELECT count(*) FROM headrace." + rows))
                    .as(rows)
                    .isEqualTo(count));
        }
    }

    private static ContenderSettings settings(FreshDatabase database) {
        return new ContenderSettings(
                database.host(), database.port(), database.name(), database.user(), database.password(), 67, 100);
    }
}
