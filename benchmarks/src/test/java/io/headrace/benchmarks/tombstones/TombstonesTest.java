package io.headrace.benchmarks.tombstones;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.server.BriskServer;
import io.headrace.benchmarks.server.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The small form: what is retried runs anew, what is forgotten is noted, and every job is in one place. */
@Tag("slow")
class TombstonesTest {

    private static final TombstoneSettings SMALL = new TombstoneSettings(20_000, 5_000, 48, false);

    @Test
    void allOfOneKindIsRetriedAndAllOfTheOtherForgotten() throws Exception {
        try (Server server = BriskServer.open();
                Yard yard = Yard.prepare(server)) {
            TombstoneOutcome outcome = new TombstoneRun(SMALL, System.err).in(yard);

            assertThat(outcome.audit().findings()).isEmpty();
            assertThat(outcome.measured().retry().matched()).isEqualTo(2_500);
            assertThat(outcome.measured().retry().retried()).isEqualTo(2_500);
            assertThat(outcome.audit().pruned()).isEqualTo(2_500);
            assertThat(outcome.tombstones()).isZero();
            assertThat(outcome.isSound()).isTrue();
            assertThat(yard.sql()
                            .number("SELECT coalesce(sum(size), 0) FROM " + yard.schema()
                                    + ".pending WHERE kind = 'husk'"))
                    .as("retried, and handled by nobody here")
                    .isEqualTo(2_500);
            assertThat(outcome.measured().retry().heapMib()).isBetween(1.0, 48.0);
            assertThat(outcome.metrics()).containsKeys("prune_lock_ms_max", "claim_over_idle_throughput");
        }
    }
}
