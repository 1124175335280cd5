package io.headrace.testkit.memory.monitor;

import io.headrace.JobState;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** How attempts ended, and when. Guarded by the store's lock. */
final class Endings {

    /** What came of an attempt. */
    enum What {
        COMPLETED,
        RETRIED,
        FAILED
    }

    /** One attempt that ended. */
    record Ending(String queue, What what, Instant at) {}

    private Endings() {}

    /** Since a moment, in no particular order. */
    static List<Ending> since(JobPlaces places, Instant moment) {
        return places.jobs().values().stream()
                .flatMap(job -> of(job, places))
                .filter(ending -> !ending.at().isBefore(moment))
                .toList();
    }

    private static Stream<Ending> of(StoredJob job, JobPlaces places) {
        String queue = job.content().queue();
        List<Instant> failures = job.failedAt();
        boolean isTombstone = places.tombstones().contains(job.id());
        // A tombstone's last one is its end.
        Stream<Ending> retried = failures.stream()
                .limit(isTombstone ? failures.size() - 1L : failures.size())
                .map(at -> new Ending(queue, What.RETRIED, at));
        Stream<Ending> completed =
                Stream.ofNullable(places.completed().get(job.id())).map(at -> new Ending(queue, What.COMPLETED, at));
        Stream<Ending> failed = isTombstone && job.state() == JobState.FAILED
                ? Stream.of(new Ending(queue, What.FAILED, job.lastFailedAt()))
                : Stream.empty();
        return Stream.of(retried, completed, failed).flatMap(endings -> endings);
    }
}
