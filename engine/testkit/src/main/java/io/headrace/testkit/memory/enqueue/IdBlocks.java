package io.headrace.testkit.memory.enqueue;

import io.headrace.JobId;
import java.time.Instant;

/** Draws blocks of ids in rising order, whatever the clock does. Guarded by the store's lock. */
final class IdBlocks {

    /** As many blocks as an id can tell apart within a millisecond. */
    private static final int BLOCKS_PER_MILLI = 1 << 12;

    private long lastMillis = Long.MIN_VALUE;
    private int drawn;

    /** The first id of a fresh block. */
    long next(Instant now) {
        long millis = now.toEpochMilli();
        if (millis > lastMillis) {
            lastMillis = millis;
            drawn = 0;
        } else if (drawn == BLOCKS_PER_MILLI) {
            // A clock that stands still must not make two jobs of one id: run ahead of it.
            lastMillis++;
            drawn = 0;
        }
        return JobId.firstOfBlock(Instant.ofEpochMilli(lastMillis), drawn++).value();
    }
}
