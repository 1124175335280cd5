package io.headrace.engine.monitor;

import io.headrace.JobId;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.EndedJob;
import io.headrace.spi.JobMonitor;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Emits the jobs that end to one subscriber. A statement that settles jobs is seen when it is committed, not at the time
 * that it records: so each look goes back some seconds, and leaves out what was emitted before.
 */
public final class EndedFeed {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Longer than a look goes back. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final JobMonitor monitor;
    private final EndedFilter filter;
    private final Map<JobId, Instant> told = new HashMap<>();

    private EndedFeed(JobMonitor monitor, EndedFilter filter) {
        this.monitor = monitor;
        this.filter = filter;
    }

    /** Looks from one look's end to the next, for each subscriber on its own. Fails if the store cannot be read. */
    public static Flux<EndedJob> of(JobMonitor monitor, EndedFilter filter, Scheduler scheduler) {
        return Flux.defer(() -> {
            EndedFeed feed = new EndedFeed(monitor, filter);
            return feed.look()
                    .concatWith(Mono.delay(INTERVAL, scheduler)
                            .thenMany(feed.look())
                            .repeat());
        });
    }

    private Flux<EndedJob> look() {
        return Flux.defer(() -> monitor.ended(filter)).collectList().flatMapIterable(this::news);
    }

    private List<EndedJob> news(List<EndedJob> seen) {
        List<EndedJob> news = seen.stream()
                .filter(job -> !job.at().equals(told.put(job.id(), job.at())))
                .sorted(Comparator.comparing(EndedJob::at).thenComparing(EndedJob::id))
                .toList();
        seen.stream()
                .map(EndedJob::at)
                .max(Comparator.naturalOrder())
                .ifPresent(latest -> told.values().removeIf(at -> at.isBefore(latest.minus(REMEMBERED))));
        return news;
    }
}
