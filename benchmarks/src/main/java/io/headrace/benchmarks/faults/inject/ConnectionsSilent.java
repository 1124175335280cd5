package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.Random;

/**
 * A worker's connections end, and whoever connects again is accepted and never hears a word, as by a server that hangs. Then
 * all is well, for new connections. Measured is how long it takes until one of them listens for wake-ups.
 */
final class ConnectionsSilent implements Fault {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "connections-silent";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        int before = mill.proxy().listening();
        mill.proxy().silence();
        Waiting.pass(mill.tooLong());
        mill.proxy().heal();
        long healed = System.nanoTime();
        mill.notes().afterwards(() -> {
            double seconds =
                    Waiting.secondsUntil(PATIENCE, healed, () -> mill.proxy().listening() > before);
            if (seconds < 0) {
                mill.notes()
                        .find("no connection listens for wake-ups, " + PATIENCE.toSeconds() + " s after all was well");
            } else {
                mill.notes().measure("listener_back_s", seconds, "s");
            }
        });
    }
}
