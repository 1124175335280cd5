package io.headrace.engine.client;

import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobInspector;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Warns of queues that get jobs and have no worker anywhere: a misspelt name is silent otherwise. Queues of this process's own
 * engine are not looked at. For the others it asks the store which queues have workers, at most once a minute for all of them,
 * off the path of those who enqueue, and only after something was enqueued. A queue is warned of once, and again only if it had
 * a worker in between. Thread-safe.
 */
final class UnservedQueues {

    private static final Logger log = LoggerFactory.getLogger(UnservedQueues.class);

    /** Long enough for an engine that starts at the same time to register. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);

    private static final Duration NEXT_LOOK = Duration.ofMinutes(1);
    private static final int MOST_QUEUES = 1_000;

    private final JobInspector inspector;
    private final Predicate<String> isServedHere;
    private final Scheduler scheduler;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean looked;

    UnservedQueues(JobInspector inspector, Predicate<String> isServedHere, Scheduler scheduler) {
        this.inspector = inspector;
        this.isServedHere = isServedHere;
        this.scheduler = scheduler;
    }

    /** These have been enqueued. */
    void enqueued(List<EncodedJob> jobs) {
        String last = "";
        for (EncodedJob job : jobs) {
            if (!job.queue().equals(last)) {
                last = job.queue();
                enqueued(last);
            }
        }
    }

    private void enqueued(String queue) {
        if (!isServedHere.test(queue) && used.size() < MOST_QUEUES && used.add(queue)) {
            plan();
        }
    }

    private void plan() {
        if (used.isEmpty() || !scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            scheduler.schedule(this::look, (looked ? NEXT_LOOK : FIRST_LOOK).toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Everything ends; whoever enqueues has nothing to do with it.
            log.debug("No longer looking for queues without workers", e);
        }
    }

    private void look() {
        looked = true;
        Set<String> asked = Set.copyOf(used);
        used.removeAll(asked);
        scheduled.set(false);
        plan();
        Flux.defer(() -> inspector.servedQueues())
                .collect(Collectors.toSet())
                .subscribe(
                        served -> asked.forEach(queue -> tell(queue, served.contains(queue))),
                        error -> log.debug("Failed to look for queues without workers: {}", error.toString()));
    }

    private void tell(String queue, boolean served) {
        if (served) {
            warned.remove(queue);
        } else if (warned.size() < MOST_QUEUES && warned.add(queue)) {
            log.warn(
                    "Queue '{}' has no worker: its jobs wait until an engine works on it"
                            + " (queue(\"{}\") when building one; with Spring Boot, headrace.queues.{}.concurrency)",
                    queue,
                    queue,
                    queue);
        }
    }
}
