package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.List;

/** Makes the standby the primary, and measures how soon a job is handled that was claimed from it. */
final class Promotion {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Promotion() {}

    static void promote(Mill mill) {
        // Their handlers may have been running all the while.
        List<Long> leased = mill.site().standbyLedger().leased();
        String answered = mill.site().server().promote();
        mill.notes().afterwards(() -> {
            boolean ran = Waiting.until(PATIENCE, () -> mill.ledger().secondsUntilRun(answered, leased) >= 0);
            if (ran) {
                mill.notes().measure("failover_first_job_s", mill.ledger().secondsUntilRun(answered, leased), "s");
            } else {
                mill.notes().find("no job was claimed from the promoted server in " + PATIENCE.toSeconds() + " s");
            }
        });
    }
}
