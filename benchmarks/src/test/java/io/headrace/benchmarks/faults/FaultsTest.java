package io.headrace.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.faults.inject.FaultSorts;
import io.headrace.benchmarks.faults.worker.WorkerSettings;
import io.headrace.benchmarks.server.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: a few faults of the sorts that happen most, in real processes on a real server. */
@Tag("slow")
class FaultsTest {

    private static final WorkerSettings.Timing TIMING =
            new WorkerSettings.Timing(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMillis(500));

    @TempDir
    Path logs;

    @Test
    void nothingIsLostAndNothingRecordedTwice() throws Exception {
        FaultOutcome outcome = run(FaultSorts.named(FaultForm.SHORT.sorts()));

        assertThat(outcome.notes().findings()).as("what must not be").isEmpty();
        assertThat(outcome.faults()).hasSize(7).extracting(Inflicted::audit).containsOnly("ok");
        assertThat(outcome.audit()).isEqualTo("ok");
        Census census = outcome.census();
        assertThat(census.jobs()).isGreaterThanOrEqualTo(3_000);
        assertThat(census.lost()).as("lost: " + census.example()).isZero();
        assertThat(census.twice()).as("recorded twice").isZero();
        assertThat(census.unrun()).as("completed without a run").isZero();
        assertThat(census.charged()).as("charged for a neighbour").isZero();
        assertThat(census.poisonEscaped())
                .as("poison that did not end as a tombstone")
                .isZero();
    }

    private FaultOutcome run(List<Fault> faults) throws Exception {
        try (Server server = Server.open(Optional.empty());
                Site site = Site.prepare(server)) {
            FaultSettings settings =
                    new FaultSettings(FaultForm.SHORT.load(), faults, TIMING, Duration.ofSeconds(8), 1, logs);
            return new FaultRun(settings, System.err).on(site);
        }
    }
}
