package io.headrace.benchmarks.schedules;

import io.headrace.benchmarks.server.Server;

/** A part of the scenario that can be run on its own. Blocks; used by one thread. */
interface ScheduleTrial {

    /** As {@code --only} names it. */
    String name();

    /** Runs it in databases of its own. */
    void run(Server server, TrialLog log);
}
