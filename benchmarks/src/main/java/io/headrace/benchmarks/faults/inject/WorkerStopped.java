package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.process.WorkerJvm;
import io.headrace.benchmarks.run.Waiting;
import java.util.Random;

/** SIGSTOP, longer than the expiry, then SIGCONT: the zombie wakes up, and settles what others have by now. */
final class WorkerStopped implements Fault {

    @Override
    public String name() {
        return "worker-stopped";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        WorkerJvm worker = mill.crew().any(random);
        worker.suspend();
        Waiting.pass(mill.tooLong());
        worker.resume();
    }
}
