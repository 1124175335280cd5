package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes on where a plain job ends: most of its trials kill processes, so this takes longest. */
@Tag("slow")
class GoesOnTest extends ScenarioTests {

    @Test
    void everyTrialRuns() throws Exception {
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
}
