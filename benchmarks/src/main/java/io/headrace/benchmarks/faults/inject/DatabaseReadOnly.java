package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.Site;
import io.headrace.benchmarks.run.Waiting;
import java.util.Random;

/**
 * Every transaction of the database is read-only, as on a standby that was not promoted yet. Sessions that were opened
 * meanwhile stay read-only for as long as they live, as they would with a primary that was demoted.
 */
final class DatabaseReadOnly implements Fault {

    @Override
    public String name() {
        return "database-read-only";
    }

    @Override
    public boolean isPossible(Site site) {
        return site.role().isPresent();
    }

    @Override
    public void inflict(Mill mill, Random random) {
        String database = "ALTER DATABASE " + mill.site().database() + " ";
        mill.site().sql().run(database + "SET default_transaction_read_only = on");
        mill.site().terminateWorkers();
        Waiting.pass(mill.tooLong());
        mill.site().sql().run(database + "RESET default_transaction_read_only");
    }
}
