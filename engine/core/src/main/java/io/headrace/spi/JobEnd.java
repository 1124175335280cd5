package io.headrace.spi;

import io.headrace.JobId;
import io.headrace.JobUpdate;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended.
 *
 * @param update its state and, if it did not complete, why
 * @param result the result as JSON; {@code null} if it has none
 */
public record JobEnd(JobUpdate update, @Nullable String result) {

    public JobId id() {
        return update.id();
    }
}
