package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.Site;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.Server;
import java.time.Duration;
import java.util.Random;

/**
 * The primary crashes, and a synchronous standby is promoted. Workers with a failover URL look for it; the one that is behind
 * the proxy is led to it, as by an address that moves.
 */
final class Failover implements Fault {

    private static final Duration SYNCHRONOUS = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "failover";
    }

    @Override
    public boolean isPossible(Site site) {
        return site.server().isOurs();
    }

    @Override
    public void inflict(Mill mill, Random random) {
        Server server = mill.site().server();
        server.addStandby();
        Waiting.pass(SYNCHRONOUS);
        server.stop("immediate");
        Promotion.promote(mill);
        mill.proxy().lead(mill.site().primary());
    }
}
