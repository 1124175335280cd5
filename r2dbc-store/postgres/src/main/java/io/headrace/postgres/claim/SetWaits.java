package io.headrace.postgres.claim;

import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Row;
import org.jspecify.annotations.Nullable;

/**
 * How long the jobs of a claim had been due: told once for each set that was taken, for a column in every row would be decoded
 * for every job. Both come in the same order, and sets of one moment have one wait.
 */
final class SetWaits {

    static final SetWaits NONE = new SetWaits(new Long[0], new Integer[0]);

    private final Long[] waitedMillis;
    private final Integer[] sizes;
    private int set;
    private int taken;

    private SetWaits(Long[] waitedMillis, Integer[] sizes) {
        this.waitedMillis = waitedMillis;
        this.sizes = sizes;
    }

    /** From the row about the claim; a statement of the version before does not tell. */
    static SetWaits of(Readable row) {
        if (!(row instanceof Row answer) || !answer.getMetadata().contains("waited_ms")) {
            return NONE;
        }
        Long @Nullable [] waitedMillis = answer.get("waited_ms", Long[].class);
        Integer @Nullable [] sizes = answer.get("sizes", Integer[].class);
        return waitedMillis == null || sizes == null ? NONE : new SetWaits(waitedMillis, sizes);
    }

    /** Of the next job; 0 if it is not known. */
    long nextMillis() {
        while (set < sizes.length && taken >= sizes[set]) {
            set++;
            taken = 0;
        }
        taken++;
        return set < sizes.length ? waitedMillis[set] : 0;
    }
}
