package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.Random;

/** The network keeps back each piece of data to and from a worker. */
final class ConnectionsDelayed implements Fault {

    @Override
    public String name() {
        return "connections-delayed";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        mill.proxy().delay(Duration.ofMillis(150));
        Waiting.pass(mill.tooLong());
        mill.proxy().heal();
    }
}
