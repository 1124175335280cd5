package io.headrace.postgres.sql;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** A set of ids in the making, as an {@code int8multirange} is written: runs of consecutive ids become one range. */
public final class IdSet {

    private long[] ids = new long[16];
    private int size;

    /** Adds an id; one that is there already changes nothing. */
    public void add(long id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        ids[size++] = id;
    }

    /** {@code {[1,4),[7,8)}}. */
    public String text() {
        Arrays.sort(ids, 0, size);
        StringBuilder text = new StringBuilder(64).append('{');
        for (int i = 0; i < size; ) {
            int from = i;
            do {
                i++;
            } while (i < size && ids[i] <= ids[i - 1] + 1);
            if (from > 0) {
                text.append(',');
            }
            text.append('[')
                    .append(ids[from])
                    .append(',')
                    .append(ids[i - 1] + 1)
                    .append(')');
        }
        return text.append('}').toString();
    }

    /** Calls for each id of a multirange as PostgreSQL writes it. */
    public static void forEach(String multirange, LongConsumer id) {
        int at = 1;
        while (at < multirange.length() - 1) {
            int comma = multirange.indexOf(',', at);
            int end = multirange.indexOf(')', comma);
            long upper = Long.parseLong(multirange, comma + 1, end, 10);
            for (long i = Long.parseLong(multirange, at + 1, comma, 10); i < upper; i++) {
                id.accept(i);
            }
            at = end + 2;
        }
    }
}
