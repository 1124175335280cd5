package io.headrace.postgres.enqueue;

import io.headrace.JobId;
import io.headrace.spi.EncodedJob;
import java.util.ArrayList;
import java.util.List;

/**
 * Jobs cut into statements: at most a block of ids each, and at most 8 Mi characters of JSON unless one job alone has more.
 * PostgreSQL takes no message of 1 GiB, and both sides hold a statement in memory, more than once.
 */
public final class EnqueueBlocks {

    /** Of JSON in one statement, in characters. */
    public static final long MOST_LENGTH = 8 << 20;

    private EnqueueBlocks() {}

    /** The jobs in their order; a single block, the list itself, if they fit. */
    static List<List<EncodedJob>> of(List<EncodedJob> jobs) {
        List<List<EncodedJob>> blocks = new ArrayList<>(1);
        int from = 0;
        long length = 0;
        for (int at = 0; at < jobs.size(); at++) {
            long more = jobs.get(at).length();
            if (at - from == JobId.BLOCK_SIZE || (at > from && length + more > MOST_LENGTH)) {
                blocks.add(jobs.subList(from, at));
                from = at;
                length = 0;
            }
            length += more;
        }
        blocks.add(from == 0 ? jobs : jobs.subList(from, jobs.size()));
        return blocks;
    }
}
