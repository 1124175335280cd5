package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import java.util.Random;

/** SIGKILL: a worker is gone from one instant to the next. */
final class WorkerKilled implements Fault {

    @Override
    public String name() {
        return "worker-killed";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        mill.crew().any(random).kill();
    }
}
