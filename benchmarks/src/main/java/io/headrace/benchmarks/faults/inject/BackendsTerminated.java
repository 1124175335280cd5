package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.Random;

/** For two seconds every connection of the workers is ended as soon as it is seen. */
final class BackendsTerminated implements Fault {

    @Override
    public String name() {
        return "backends-terminated";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        long began = System.nanoTime();
        while (Waiting.secondsSince(began) < 2) {
            mill.site().terminateWorkers();
            Waiting.pass(Duration.ofMillis(100));
        }
    }
}
