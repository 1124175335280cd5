package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.run.Waiting;
import java.util.Random;

/** The network swallows all that a worker sends and is sent, and never says so, not even afterwards. */
final class ConnectionsHalfOpen implements Fault {

    @Override
    public String name() {
        return "connections-half-open";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        mill.proxy().swallow();
        Waiting.pass(mill.tooLong());
        mill.proxy().heal();
    }
}
