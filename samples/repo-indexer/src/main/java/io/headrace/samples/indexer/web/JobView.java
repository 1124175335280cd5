package io.headrace.samples.indexer.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobProgress;
import io.headrace.JobUpdate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job stands, as it is shown.
 *
 * @param id names it
 * @param state as in {@link io.headrace.JobState}; {@code FORGOTTEN} when the retention of what has ended is over
 * @param attempt which attempt it is, or how many there were
 * @param dueAt when the next attempt is due, if it waits for one
 * @param percent how far it is, 0 to 100, if it has said so
 * @param doing what it is at, if it has said so
 * @param failure why the last attempt failed, if it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobView(
        JobId id,
        String state,
        int attempt,
        @Nullable Instant dueAt,
        @Nullable Integer percent,
        @Nullable String doing,
        @Nullable String failure) {

    static JobView of(JobUpdate update) {
        JobProgress progress = update.progress();
        AttemptFailure failure = update.failure();
        return new JobView(
                update.id(),
                update.state().name(),
                update.attempt(),
                update.runAt(),
                progress == null ? null : progress.percent(),
                progress == null ? null : progress.message(),
                failure == null ? null : failure.message());
    }

    static JobView forgotten(JobId id) {
        return new JobView(id, "FORGOTTEN", 0, null, null, null, null);
    }
}
