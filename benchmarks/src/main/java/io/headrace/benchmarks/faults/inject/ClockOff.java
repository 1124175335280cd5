package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.process.WorkerJvm;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.Random;

/**
 * A worker whose clock is an hour ahead, in another time zone: no clock but the database's may decide anything. What is
 * off is the clock of the engine's scheduler, the only one that it reads, and the zone of its JVM and of its sessions.
 */
final class ClockOff implements Fault {

    @Override
    public String name() {
        return "clock-off";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        WorkerJvm worker = mill.crew().replaceLastByOneOffBy(Duration.ofHours(1));
        mill.awaitRun(worker);
        Waiting.pass(mill.tooLong());
        worker.kill();
    }
}
