package io.headrace.spi;

import io.headrace.JobId;
import java.time.Duration;
import java.util.Set;

/**
 * What a client waits for.
 *
 * @param client a number that the client has drawn at random
 * @param ofEngine whether the client belongs to the engine that settles through this store. It learns of those settlements
 *     without the store, so the store need not announce them to it
 * @param jobs the jobs that it waits for: new ones, and those whose registration is to be renewed
 * @param noMore jobs that it no longer waits for
 * @param expiry the time after which the registrations expire
 * @param announced whether engines are told that somebody waits. They then look for registrations for a minute
 */
public record AwaitRequest(
        long client, boolean ofEngine, Set<JobId> jobs, Set<JobId> noMore, Duration expiry, boolean announced) {

    public AwaitRequest {
        jobs = Set.copyOf(jobs);
        noMore = Set.copyOf(noMore);
    }
}
