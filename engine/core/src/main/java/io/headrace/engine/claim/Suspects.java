package io.headrace.engine.claim;

import io.headrace.spi.Suspicion;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many jobs that may kill their process this engine takes at a time: of those somewhat suspected the square root of its
 * concurrency, so that finding one job among n that were lost takes two more crashes and about √n rounds; of those strongly
 * suspected one, which is then beyond doubt if it happens again. Thread-safe.
 */
public final class Suspects {

    private final Map<Suspicion, AtomicInteger> room = new EnumMap<>(Suspicion.class);

    public Suspects(int concurrency) {
        room.put(Suspicion.SOME, new AtomicInteger((int) Math.ceil(Math.sqrt(concurrency))));
        room.put(Suspicion.STRONG, new AtomicInteger(1));
    }

    /** Answers for how many of those wanted there is room, and takes that; of those not suspected there always is. */
    int admit(Suspicion suspicion, int wanted) {
        AtomicInteger free = room.get(suspicion);
        return free == null ? wanted : Math.min(wanted, free.getAndUpdate(n -> n - Math.min(n, wanted)));
    }

    /** Some are settled, or were not there to be leased. */
    void leave(Suspicion suspicion, int jobs) {
        AtomicInteger free = room.get(suspicion);
        if (free != null) {
            free.addAndGet(jobs);
        }
    }
}
