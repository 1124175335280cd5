package io.headrace.bulk;

import java.util.List;

/**
 * How many jobs an action would match now, by queue and kind. The cost is bounded: if there are many, only some are
 * counted.
 *
 * @param groups the counts, the largest first
 * @param count the sum of all counts
 * @param isAtLeast whether there are probably more
 */
public record BulkPreview(List<Group> groups, long count, boolean isAtLeast) {

    public BulkPreview {
        groups = List.copyOf(groups);
    }

    /** How many jobs of a kind in a queue. */
    public record Group(String queue, String kind, long count) {}
}
