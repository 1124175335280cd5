package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.Site;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.Random;

/** The server is stopped in the immediate mode, which is a crash, and recovers from its log. */
final class ServerKilled implements Fault {

    @Override
    public String name() {
        return "server-killed";
    }

    @Override
    public boolean isPossible(Site site) {
        return site.server().isOurs();
    }

    @Override
    public void inflict(Mill mill, Random random) {
        mill.site().server().stop("immediate");
        Waiting.pass(Duration.ofSeconds(1));
        mill.site().server().start();
    }
}
