package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.Site;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.Random;

/**
 * The server is down for longer than a worker may be silent. Nobody could have spoken to it, so no worker may lose its leases
 * for that, and no job may be suspected of anything.
 */
final class ServerAway implements Fault {

    private static final Duration AFTERWARDS = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "server-away";
    }

    @Override
    public boolean isPossible(Site site) {
        return site.server().isOurs();
    }

    @Override
    public void inflict(Mill mill, Random random) {
        long before = mill.ledger().suspected();
        mill.site().server().stop("fast");
        Waiting.pass(mill.tooLong());
        mill.site().server().start();
        boolean accused = Waiting.until(AFTERWARDS, () -> mill.ledger().suspected() > before);
        if (accused) {
            mill.notes().find("workers that lived lost leases over an outage of the server");
        }
    }
}
