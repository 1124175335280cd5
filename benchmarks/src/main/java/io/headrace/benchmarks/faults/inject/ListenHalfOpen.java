package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.worker.Grain;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * The network swallows what comes over the connection that listens for wake-ups, and over that alone. Measured are how
 * long a job of an idle queue waits meanwhile, and how long it takes until there is another listener.
 */
final class ListenHalfOpen implements Fault {

    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PROBES = 4;

    @Override
    public String name() {
        return "listen-half-open";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        for (int i = 0; i < PROBES; i++) {
            mill.notes().measure("latency_ms_before", probe(mill), "ms");
        }
        int before = mill.proxy().listening();
        mill.proxy().swallowListening();
        long began = System.nanoTime();
        while (mill.proxy().listening() == before && Waiting.secondsSince(began) < PATIENCE.toSeconds()) {
            mill.notes().measure("latency_ms_listen_half_open", probe(mill), "ms");
        }
        boolean replaced = mill.proxy().listening() > before;
        mill.notes().measure("listener_replaced_s", replaced ? Waiting.secondsSince(began) : -1, "s");
    }

    private static double probe(Mill mill) {
        Waiting.pass(IDLE);
        long job = mill.producer()
                .add(List.of(Grain.GRIND.job(new Grain(-1, Grain.Role.PLAIN)).queue(Grain.QUIET_QUEUE)))
                .get(0)
                .id()
                .value();
        Waiting.require(
                "a job of an idle queue runs", PATIENCE, () -> mill.ledger().millisUntilRun(job) >= 0);
        return mill.ledger().millisUntilRun(job);
    }
}
