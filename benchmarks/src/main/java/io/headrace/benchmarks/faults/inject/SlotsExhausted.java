package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.Site;
import io.headrace.benchmarks.run.Waiting;
import java.util.Random;

/** The workers find hardly a connection: their role may have three, all told. */
final class SlotsExhausted implements Fault {

    @Override
    public String name() {
        return "slots-exhausted";
    }

    @Override
    public boolean isPossible(Site site) {
        return site.role().isPresent();
    }

    @Override
    public void inflict(Mill mill, Random random) {
        String role = mill.site().role().orElseThrow();
        mill.site().sql().run("ALTER ROLE " + role + " CONNECTION LIMIT 3");
        mill.site().terminateWorkers();
        Waiting.pass(mill.tooLong());
        mill.site().sql().run("ALTER ROLE " + role + " CONNECTION LIMIT -1");
    }
}
