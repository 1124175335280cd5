package io.headrace.postgres.schedule;

import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.Firing.ShotJob;
import java.util.ArrayList;
import java.util.List;

/**
 * Firings cut into statements: at most 8 Mi characters of JSON each, unless one firing alone has more. PostgreSQL takes no
 * message of 1 GiB, and both sides hold a statement in memory, more than once.
 */
final class FireBlocks {

    static final long MOST_LENGTH = 8 << 20;

    private FireBlocks() {}

    /** The firings in their order; a single block, the list itself, if they fit. */
    static List<List<Firing>> of(List<Firing> firings) {
        List<List<Firing>> blocks = new ArrayList<>(1);
        int from = 0;
        long length = 0;
        for (int at = 0; at < firings.size(); at++) {
            long more = length(firings.get(at));
            if (at > from && length + more > MOST_LENGTH) {
                blocks.add(firings.subList(from, at));
                from = at;
                length = 0;
            }
            length += more;
        }
        blocks.add(from == 0 ? firings : firings.subList(from, firings.size()));
        return blocks;
    }

    private static long length(Firing firing) {
        long length = 0;
        for (Shot shot : firing.shots()) {
            ShotJob job = shot.job();
            if (job != null) {
                length += job.payload() == null ? 0 : job.payload().length();
                length += job.headers() == null ? 0 : job.headers().length();
            }
        }
        return length;
    }
}
