package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.Site;
import io.headrace.benchmarks.run.Waiting;
import java.util.Random;

/** The workers may not touch the tables for a while. */
final class PrivilegesRevoked implements Fault {

    @Override
    public String name() {
        return "privileges-revoked";
    }

    @Override
    public boolean isPossible(Site site) {
        return site.role().isPresent();
    }

    @Override
    public void inflict(Mill mill, Random random) {
        String tables = " ALL ON ALL TABLES IN SCHEMA " + mill.site().schema();
        String role = mill.site().role().orElseThrow();
        mill.site().sql().run("REVOKE" + tables + " FROM " + role);
        Waiting.pass(mill.tooLong());
        mill.site().sql().run("GRANT" + tables + " TO " + role);
    }
}
