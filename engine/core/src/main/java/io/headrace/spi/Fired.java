package io.headrace.spi;

import io.headrace.JobId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What became of a {@link Firing} that took place.
 *
 * @param name the schedule
 * @param recorded the instants that were recorded: all of the firing's that had no fire on record, or one that waited
 * @param jobs the jobs that were enqueued, by instant
 */
public record Fired(String name, Set<Instant> recorded, Map<Instant, JobId> jobs) {

    public Fired {
        recorded = Set.copyOf(recorded);
        jobs = Map.copyOf(jobs);
    }
}
