package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.run.Waiting;
import io.r2dbc.spi.Connection;
import java.util.Random;
import reactor.core.publisher.Mono;

/** A lock on the pending sets: every connection that works is taken by a statement that waits, only heartbeats go through. */
final class TablesLocked implements Fault {

    @Override
    public String name() {
        return "tables-locked";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        Connection holder = mill.site()
                .sql()
                .open("BEGIN", "LOCK TABLE " + mill.site().schema() + ".pending IN ACCESS EXCLUSIVE MODE");
        Waiting.pass(mill.tooLong());
        Mono.from(holder.close()).block();
    }
}
