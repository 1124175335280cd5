package io.headrace.engine.claim;

import io.headrace.QueueSettings;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The claimers of an engine: one for each of its queues, and those of deliveries while they last. Thread-safe. */
public final class Claimers {

    private final ClaimTools tools;
    private final Duration shelfLife;
    private final Queue<JobClaimer> all = new ConcurrentLinkedQueue<>();

    /**
     * None yet.
     *
     * @param shelfLife how long a job may wait for its handler before it is handed back
     */
    public Claimers(ClaimTools tools, Duration shelfLife) {
        this.tools = tools;
        this.shelfLife = shelfLife;
    }

    /**
     * One more.
     *
     * @param mostDelivered how many jobs may be with their handlers or settled by hand at a time
     */
    public JobClaimer add(String name, QueueSettings queue, Map<String, ClaimRequest.Terms> kinds, int mostDelivered) {
        ClaimTerms terms = new ClaimTerms(
                name,
                kinds,
                queue.prefetch(),
                mostDelivered,
                // As many again whose outcome is on its way, so that handlers need not wait for it.
                2 * queue.concurrency() + queue.prefetch(),
                (queue.concurrency() + queue.prefetch()) / 4,
                queue.pollInterval(),
                shelfLife);
        JobClaimer claimer = new JobClaimer(terms, tools);
        all.add(claimer);
        return claimer;
    }

    /** One whose deliveries have ended. */
    public void remove(JobClaimer claimer) {
        all.remove(claimer);
    }

    /** The store has announced something. */
    public void heard(WakeUp wakeUp) {
        wakeUp.fold(new Heard()).run();
    }

    /** Every queue may have a job due. */
    public void wake() {
        all.forEach(JobClaimer::wake);
    }

    private void wake(String queue) {
        for (JobClaimer claimer : all) {
            if (queue.equals(claimer.queue())) {
                claimer.wake();
            }
        }
    }

    /** A queue has got a job which may be due. While it is paused there is nothing to be had. */
    public void enqueued(String queue) {
        for (JobClaimer claimer : all) {
            if (queue.equals(claimer.queue()) && !claimer.isPaused()) {
                claimer.wake();
            }
        }
    }

    /** A queue has got a job that is due after a delay. */
    public void enqueued(String queue, Duration delay) {
        for (JobClaimer claimer : all) {
            if (queue.equals(claimer.queue())) {
                claimer.dueIn(delay);
            }
        }
    }

    /** The store may be out of reach, and so may wake-ups. */
    public void doubt() {
        tools.poller().doubt();
    }

    /** What an announcement means here. */
    private final class Heard implements WakeUp.Cases<Runnable> {

        @Override
        public Runnable everyQueue() {
            return () -> {
                tools.poller().hears(true);
                wake();
            };
        }

        @Override
        public Runnable due(WakeUp.Due wakeUp) {
            return wakeUp.in().isZero() ? () -> wake(wakeUp.queue()) : () -> enqueued(wakeUp.queue(), wakeUp.in());
        }

        @Override
        public Runnable ended(WakeUp.Ended wakeUp) {
            return () -> {};
        }

        @Override
        public Runnable silence() {
            return () -> tools.poller().hears(false);
        }
    }

    /** Whether a queue is claimed from here. */
    public boolean serve(String queue) {
        for (JobClaimer claimer : all) {
            if (queue.equals(claimer.queue())) {
                return true;
            }
        }
        return false;
    }

    /** Slots for all of these jobs, if they can run here at once. */
    public @Nullable Reservation reserve(List<EncodedJob> jobs) {
        return reserve(jobs, false);
    }

    /** Such slots for jobs that start with the commit of a transaction, which may be far: claims need not leave them free. */
    @Nullable
    Reservation reserveUntilCommit(List<EncodedJob> jobs) {
        return reserve(jobs, true);
    }

    private @Nullable Reservation reserve(List<EncodedJob> jobs, boolean untilCommit) {
        for (JobClaimer claimer : all) {
            Reservation reserved = claimer.reserve(jobs, untilCommit);
            if (reserved != null) {
                return reserved;
            }
        }
        return null;
    }

    /** Called with each heartbeat: hands back what has waited too long, and answers for which queues a wake-up is wanted. */
    public Set<String> beat() {
        return all.stream().filter(JobClaimer::beat).map(JobClaimer::queue).collect(Collectors.toUnmodifiableSet());
    }

    /** Called after a heartbeat that said so. */
    public void told(Set<String> idleQueues) {
        all.forEach(claimer -> claimer.told(idleQueues.contains(claimer.queue())));
    }

    /** How many jobs are leased and not settled. */
    public int leased() {
        return all.stream().mapToInt(JobClaimer::leased).sum();
    }

    /** The same by queue, these queues included. */
    public Map<String, Integer> leasedFrom(Set<String> queues) {
        Map<String, Integer> leased = new HashMap<>();
        queues.forEach(name -> leased.put(name, 0));
        all.forEach(claimer -> leased.merge(claimer.queue(), claimer.leased(), Integer::sum));
        return leased;
    }

    /** Stops the claiming, and completes when all that was leased is settled. */
    public Mono<Void> stop() {
        return Mono.defer(() -> {
            all.forEach(JobClaimer::stop);
            return emptied();
        });
    }

    /** Completes when all have stopped and all that was leased is settled. */
    public Mono<Void> emptied() {
        return Flux.fromIterable(all).flatMap(JobClaimer::emptied).then();
    }
}
