package io.headrace.testkit.memory.upkeep;

import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.StoredOperation;
import io.headrace.testkit.memory.places.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When the first of all that a sweep acts on expires. Guarded by the store's lock. */
final class NextExpiry {

    private final Contents contents;
    private final long asking;

    /** @param asking the worker that asks, which lives */
    NextExpiry(Contents contents, long asking) {
        this.contents = contents;
        this.asking = asking;
    }

    /** The time until then; zero if it has passed. */
    @Nullable
    Duration in(Instant now) {
        return Stream.of(
                        contents.workers().byId().entrySet().stream()
                                .filter(worker -> worker.getKey() != asking)
                                .map(Map.Entry::getValue)
                                .map(Worker::expiresAt),
                        contents.places().currentLeases().stream().map(lease -> expiry(lease, now)),
                        contents.places().keys().keptAfterTheirJobs(),
                        contents.operations().values().stream()
                                .map(StoredOperation::expiresAt)
                                .filter(Objects::nonNull))
                .flatMap(moments -> moments)
                .min(Comparator.naturalOrder())
                .map(moment -> moment.isBefore(now) ? Duration.ZERO : Duration.between(now, moment))
                .orElse(null);
    }

    private Instant expiry(Lease lease, Instant now) {
        return contents.workers().find(lease.worker()) == null ? now : lease.deadline();
    }
}
