package io.headrace.engine;

import io.headrace.Backoff;
import io.headrace.JobId;
import io.headrace.StoreException;
import io.headrace.observe.AttemptEnd;
import io.headrace.observe.JobObserver;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Records outcomes, batched. An outcome that cannot be recorded because the store is away is kept and tried again until
 * it is recorded or answered late; meanwhile its job counts as leased, so a store that is away stops the claiming.
 */
final class JobSettler {

    private static final Logger log = LoggerFactory.getLogger(JobSettler.class);

    private static final String LOOP = "recording outcomes";

    private static final int MOST_JOBS = 2_048;
    /** Of error messages and traces in one statement, in characters. */
    private static final long MOST_LENGTH = 4 << 20;

    private static final Backoff STORE_AWAY =
            Backoff.exponential(Duration.ofMillis(50), 2, Duration.ofSeconds(2)).jitter(0.2);

    private final LeaseStore store;
    private final LeaseBook book;
    private final LongSupplier worker;
    private final JobObserver observer;
    private final AttemptLog attempts;
    private final LoopGuard guard;
    private final SmartBatcher<Outcome> batcher = new SmartBatcher<>(
            outcome -> 1, MOST_JOBS, outcome -> length(outcome.verdict), MOST_LENGTH, 1, this::flush);
    private volatile boolean closed;

    JobSettler(
            LeaseStore store,
            LeaseBook book,
            LongSupplier worker,
            JobObserver observer,
            AttemptLog attempts,
            LoopGuard guard) {
        this.attempts = attempts;
        this.guard = guard;
        this.store = store;
        batcher.onBroken((outcomes, error) -> guard.broke(LOOP, error));
        this.book = book;
        this.worker = worker;
        this.observer = observer;
    }

    private static long length(Verdict verdict) {
        Verdict.Failure failure = verdict.failure();
        return failure == null ? 0 : failure.length();
    }

    void settle(LeasedJob job, Verdict verdict) {
        settle(job, verdict, 0, null);
    }

    /**
     * @param jitter the share by which a retry's delay is spread, drawn once for all that leave in one flush, so that jobs
     *     which fail together go back as one set
     * @param told of whether the outcome was recorded; {@code false} if it came too late
     */
    void settle(LeasedJob job, Verdict verdict, double jitter, @Nullable Consumer<Boolean> told) {
        batcher.add(new Outcome(job, verdict, jitter, told));
    }

    /** For an attempt that was broken off: the verdict, or none if the lease is lost. */
    void settleOrForget(LeasedJob job, @Nullable Verdict verdict) {
        if (verdict == null) {
            forget(job);
        } else {
            settle(job, verdict);
        }
    }

    /** The job's lease is lost: there is nothing to record. */
    void forget(LeasedJob job) {
        release(List.of(new Outcome(job, Verdict.Released.INSTANCE, 0, null)), Set.of());
    }

    /** Gives up on outcomes that the store does not take. */
    void close() {
        closed = true;
    }

    private Mono<Void> flush(List<Outcome> outcomes) {
        double spread = ThreadLocalRandom.current().nextDouble(-1, 1);
        List<Settlement> settlements =
                outcomes.stream().map(outcome -> outcome.settlement(spread)).toList();
        return record(settlements)
                .doOnNext(late -> guard.run(LOOP, () -> done(outcomes, late)))
                .then();
    }

    private Mono<List<Settlement>> record(List<Settlement> settlements) {
        return Mono.defer(() -> store.settle(worker.getAsLong(), settlements))
                .retryWhen(STORE_AWAY.retry(Integer.MAX_VALUE, this::isWorthAnotherTry))
                .onErrorResume(error -> apart(settlements, error));
    }

    private boolean isWorthAnotherTry(Throwable error) {
        boolean again = !closed && error instanceof StoreException e && e.isPassing();
        if (again) {
            log.debug("outcomes could not be recorded, trying again: {}", ErrorText.firstLine(error));
        }
        return again;
    }

    /** The store refuses something in here for good: halve until the guilty ones are alone, and give up on those. */
    private Mono<List<Settlement>> apart(List<Settlement> settlements, Throwable error) {
        if (settlements.size() == 1 || closed) {
            Settlement first = settlements.get(0);
            log.error(
                    "The outcomes of {} jobs were not recorded, so they run again when their leases expire. The first is job {}"
                            + " ({})",
                    settlements.size(),
                    new JobId(first.job()),
                    Verdicts.end(first.verdict()).text(),
                    ErrorText.readable(error));
            return Mono.just(settlements);
        }
        int middle = settlements.size() / 2;
        return Flux.just(settlements.subList(0, middle), settlements.subList(middle, settlements.size()))
                .concatMap(this::record)
                .flatMapIterable(late -> late)
                .collectList();
    }

    private void done(List<Outcome> outcomes, List<Settlement> late) {
        Set<Settlement> tooLate = Collections.newSetFromMap(new IdentityHashMap<>());
        tooLate.addAll(late);
        if (!late.isEmpty()) {
            tellOfLate(outcomes, late);
        }
        for (Outcome outcome : outcomes) {
            if (outcome.verdict != Verdict.Completed.INSTANCE && !tooLate.contains(outcome.settlement)) {
                attempts.recorded(outcome.job, outcome.verdict);
            }
        }
        release(outcomes, tooLate);
    }

    private static void tellOfLate(List<Outcome> outcomes, List<Settlement> late) {
        outcomes.stream()
                .filter(each -> late.get(0).equals(each.settlement))
                .findFirst()
                .ifPresent(first -> {
                    ClaimedJob job = first.job.job();
                    log.warn(
                            "The outcomes of {} jobs came too late: their leases were gone, and the jobs run or ran elsewhere. The"
                                    + " first is job {} of kind '{}', attempt {} ({})",
                            late.size(),
                            new JobId(job.id()),
                            job.kind(),
                            job.attempt(),
                            Verdicts.end(first.verdict).text());
                });
    }

    private void release(List<Outcome> outcomes, Set<Settlement> late) {
        Set<JobClaimer> claimers = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Outcome outcome : outcomes) {
            book.letGo(outcome.job.lease());
            outcome.job.claimer().settled(outcome.job);
            claimers.add(outcome.job.claimer());
        }
        if (observer != JobObserver.NONE) {
            outcomes.forEach(outcome -> tell(outcome, late));
        }
        claimers.forEach(JobClaimer::drain);
        for (Outcome outcome : outcomes) {
            if (outcome.told != null) {
                tell(outcome.told, !late.contains(outcome.settlement));
            }
        }
    }

    /** Whoever settled a delivery goes on from here, on this thread. */
    private static void tell(Consumer<Boolean> told, boolean recorded) {
        try {
            told.accept(recorded);
        } catch (Throwable e) {
            log.error("What follows on the settling of a delivery threw", ErrorText.readable(e));
        }
    }

    /** A job that was forgotten was never settled. */
    private void tell(Outcome outcome, Set<Settlement> late) {
        boolean lost = outcome.settlement == null || late.contains(outcome.settlement);
        observer.settled(
                outcome.job.claimer().queue(),
                outcome.job.job().kind(),
                lost ? AttemptEnd.LOST : Verdicts.end(outcome.verdict));
    }

    private static final class Outcome {
        private final LeasedJob job;
        private final Verdict verdict;
        private final double jitter;
        private final @Nullable Consumer<Boolean> told;
        private @Nullable Settlement settlement;

        Outcome(LeasedJob job, Verdict verdict, double jitter, @Nullable Consumer<Boolean> told) {
            this.job = job;
            this.verdict = verdict;
            this.jitter = jitter;
            this.told = told;
        }

        Settlement settlement(double spread) {
            settlement = new Settlement(
                    job.lease().id(),
                    job.job().id(),
                    job.job().uniqueKey() != null,
                    jitter == 0 || verdict == Verdict.Completed.INSTANCE
                            ? verdict
                            : verdict.fold(new SpreadDelay(1 + jitter * spread)));
            return settlement;
        }
    }
}
