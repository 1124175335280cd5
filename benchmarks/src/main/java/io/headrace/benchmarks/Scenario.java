package io.headrace.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Something that can be run by name. It has no state: each run is given all that it needs. */
public interface Scenario {

    /** As it is written on the command line. */
    String name();

    /** What it shows, in one line. */
    String summary();

    /** What it can be given, beside what every scenario can. */
    List<Option> options();

    /** How it runs as a part of {@code report}; empty to leave it out. */
    default Optional<ShortForm> shortForm() {
        return Optional.empty();
    }

    /**
     * Runs it; blocks until it is over.
     *
     * @return whether what it is to show was seen
     * @throws UsageException if the options cannot be
     * @throws IOException if a server or a process could not be started, or the results not be written
     */
    boolean run(Options options, Console console) throws UsageException, IOException;
}
