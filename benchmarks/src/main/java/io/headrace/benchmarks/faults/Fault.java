package io.headrace.benchmarks.faults;

import java.util.Random;

/** Something that goes wrong. It has no state of its own. */
public interface Fault {

    /** In a few words, for the table. */
    String name();

    /** Whether it can be inflicted here: a server of somebody else's is not ours to stop. */
    default boolean isPossible(Site site) {
        return true;
    }

    /** Lets it happen, and returns when it is over. What it changed it has changed back, as far as an operator could. */
    void inflict(Mill mill, Random random);
}
