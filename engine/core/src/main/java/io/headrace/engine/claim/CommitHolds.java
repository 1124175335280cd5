package io.headrace.engine.claim;

import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Holds slots for jobs that are enqueued in transactions of callers. All holds share one timer: they are over in the order in
 * which they began, and most of them long before. Thread-safe.
 */
public final class CommitHolds {

    private static final Logger log = LoggerFactory.getLogger(CommitHolds.class);

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int PART_OF_EXPIRY = 10;

    private final Claimers claimers;
    private final LeaseStore leases;
    private final Consumer<String> wake;
    private final Scheduler scheduler;
    private final Duration limit;
    private final Queue<CommitHold> holds = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean timing = new AtomicBoolean();

    /**
     * None yet.
     *
     * @param wake wakes a queue in which a transaction left due jobs
     * @param expiry of the worker: leases that it does not name are taken back after as long, and no job may start by then
     */
    public CommitHolds(
            Claimers claimers, LeaseStore leases, Consumer<String> wake, Scheduler scheduler, Duration expiry) {
        this.claimers = claimers;
        this.leases = leases;
        this.wake = wake;
        this.scheduler = scheduler;
        Duration part = expiry.dividedBy(PART_OF_EXPIRY);
        this.limit = part.compareTo(LONGEST) < 0 ? part : LONGEST;
    }

    /** Slots for all of these jobs, if they can run here at once. */
    public @Nullable CommitHold hold(List<EncodedJob> jobs) {
        Reservation reserved = claimers.reserveUntilCommit(jobs);
        if (reserved == null) {
            return null;
        }
        CommitHold hold = new CommitHold(this, reserved, now() + limit.toMillis());
        holds.add(hold);
        startTimer();
        return hold;
    }

    void wake(String queue) {
        wake.accept(queue);
    }

    /** If this fails, a heartbeat or a sweep returns the jobs, as those of a claim whose answer was lost. */
    void handBack(ClaimRequest request, List<ClaimedJob> jobs) {
        log.debug("A commit came too late: handing {} jobs of queue '{}' back", jobs.size(), request.queue());
        List<Settlement> released = jobs.stream()
                .map(job -> new Settlement(job.lease(), job.id(), false, Verdict.Released.INSTANCE))
                .toList();
        leases.settle(request.worker(), released)
                .subscribe(
                        late -> wake.accept(request.queue()),
                        error -> log.debug("Failed to hand jobs back after a late commit: {}", error.toString()));
    }

    private void startTimer() {
        CommitHold first = holds.peek();
        if (first == null || !timing.compareAndSet(false, true)) {
            return;
        }
        try {
            scheduler.schedule(this::tick, Math.max(1, first.untilMillis() - now()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The engine has stopped: nothing is held any more.
            timing.set(false);
            holds.forEach(CommitHold::giveBack);
            holds.clear();
        }
    }

    private void tick() {
        long now = now();
        for (CommitHold first = holds.peek(); first != null; first = holds.peek()) {
            if (first.isHeld()) {
                if (first.untilMillis() > now) {
                    break;
                }
                first.giveBack();
            }
            holds.poll();
        }
        timing.set(false);
        startTimer();
    }

    long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }
}
