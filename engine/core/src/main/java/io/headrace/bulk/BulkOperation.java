package io.headrace.bulk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bulk operation at one moment. {@code matched = done + raced}. The counts grow while it is carried out, and are exact:
 * each chunk changes the jobs and the counts in one transaction.
 *
 * @param id its id
 * @param action what it does
 * @param state how far it is
 * @param matched how many jobs matched so far
 * @param done for how many of them the action was carried out
 * @param raced how many of them somebody else decided about at the same moment; of waiting jobs, how many were being
 *     claimed or cancelled when the operation last looked at them
 * @param pruned how many were selected and had failed, but were already pruned after their retention. Known at the end
 * @param startedBy the name of the {@linkplain io.headrace.operate.Actor actor} who started it
 * @param startedAt when it was started
 * @param endedAt when it ended; {@code null} while it has not
 */
public record BulkOperation(
        String id,
        BulkAction action,
        BulkState state,
        long matched,
        long done,
        long raced,
        long pruned,
        String startedBy,
        Instant startedAt,
        @Nullable Instant endedAt) {}
