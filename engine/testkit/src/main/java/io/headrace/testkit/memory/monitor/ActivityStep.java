package io.headrace.testkit.memory.monitor;

import io.headrace.operate.Activity;
import io.headrace.operate.ActivityBucket;
import io.headrace.testkit.memory.places.JobPlaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Counts how attempts ended, by buckets of time. Guarded by the store's lock. */
final class ActivityStep {

    private final List<Endings.Ending> endings;
    private final Duration width;
    private final int buckets;
    private final Instant from;

    ActivityStep(JobPlaces places, Duration width, int buckets, Instant now) {
        this.width = width;
        this.buckets = buckets;
        long current = Math.floorDiv(now.toEpochMilli(), width.toMillis());
        this.from = Instant.ofEpochMilli((current - buckets + 1) * width.toMillis());
        this.endings = Endings.since(places, from);
    }

    Activity count() {
        return new Activity(
                width,
                Stream.iterate(from, at -> at.plus(width))
                        .limit(buckets)
                        .map(this::bucket)
                        .toList(),
                false);
    }

    private ActivityBucket bucket(Instant at) {
        return new ActivityBucket(
                at, count(at, Endings.What.COMPLETED), count(at, Endings.What.RETRIED), count(at, Endings.What.FAILED));
    }

    private long count(Instant at, Endings.What what) {
        Instant end = at.plus(width);
        return endings.stream()
                .filter(ending -> ending.what() == what)
                .filter(ending -> !ending.at().isBefore(at) && ending.at().isBefore(end))
                .count();
    }
}
