package io.headrace.postgres.enqueue;

import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What jobs of one call have in common that become one pending set. */
public record SetKey(
        String queue,
        String kind,
        int priority,
        Duration delay,
        @Nullable Instant runAt) {

    /** The set of a job. */
    public static SetKey of(EncodedJob job) {
        return new SetKey(job.queue(), job.kind(), job.priority(), job.delay(), job.runAt());
    }

    boolean takes(EncodedJob job) {
        return kind.equals(job.kind())
                && queue.equals(job.queue())
                && priority == job.priority()
                && delay.equals(job.delay())
                && Objects.equals(runAt, job.runAt());
    }
}
