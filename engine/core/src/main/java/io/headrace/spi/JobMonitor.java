package io.headrace.spi;

import io.headrace.operate.Activity;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.EndedJob;
import io.headrace.operate.EngineMark;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The facet of a store for people who watch it: what is going on now, and what happened lately. {@link JobStore} documents
 * what applies to every call. The cost of each is bounded, however many jobs there are.
 */
public interface JobMonitor {

    /**
     * Reads the depths and the current rates of all queues. Called every two seconds while somebody watches: it may read
     * samples, and of what ended only the latest.
     */
    Mono<LiveReading> live();

    /**
     * Counts the attempts that ended, by buckets of time up to the one of now. If there are many, the counts are extrapolated
     * from a sample.
     *
     * @param width how long a bucket is, at least a second; each begins at a multiple of it, from the epoch on
     * @param buckets the number of buckets
     */
    Mono<Activity> activity(Duration width, int buckets);

    /**
     * Returns the engines that have run recently, the latest start first, at most 1,000. Marks of engines that have ended
     * are pruned a day after the tombstones of the jobs that failed by then.
     *
     * @param back how far to look back from now
     */
    Flux<EngineMark> marks(Duration back);

    /**
     * Returns the jobs that ended within the last ten seconds or less, in no particular order. Called every second while
     * somebody watches: of many, the latest are returned, and no more than the latest are read. Default: none.
     */
    default Flux<EndedJob> ended(EndedFilter filter) {
        return Flux.empty();
    }
}
