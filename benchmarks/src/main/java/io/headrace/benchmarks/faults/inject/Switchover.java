package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.Site;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.Server;
import java.time.Duration;
import java.util.Random;

/**
 * The primary is stopped, its standby is promoted, and the primary comes back at its old address, copied anew, as the standby
 * of the other. The proxy leads there for a while: the worker behind it has connections that answer, and refuse every write,
 * and nobody ends them when the proxy leads to the new primary.
 */
final class Switchover implements Fault {

    private static final Duration SYNCHRONOUS = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "switchover";
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
        server.stop("fast");
        Promotion.promote(mill);
        server.addStandby();
        Waiting.pass(mill.tooLong());
        mill.proxy().lead(mill.site().primary());
        // Not before: that would end the connections for the worker.
        mill.notes().afterwards(server::removeStandby);
    }
}
