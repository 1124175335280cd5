package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import java.util.Random;

/** The network ends all connections of a worker. */
final class ConnectionsCut implements Fault {

    @Override
    public String name() {
        return "connections-cut";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        mill.proxy().cut();
    }
}
