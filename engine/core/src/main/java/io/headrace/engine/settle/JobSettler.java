package io.headrace.engine.settle;

import io.headrace.Backoff;
import io.headrace.InvalidJobException;
import io.headrace.JobId;
import io.headrace.RetryPolicy;
import io.headrace.StoreException;
import io.headrace.UniqueKeyBusyException;
import io.headrace.engine.flush.SmartFlush;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeaseBook;
import io.headrace.engine.lease.LeaseHolder;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.observe.AttemptEnd;
import io.headrace.observe.JobObserver;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Records outcomes, batched. An outcome that cannot be recorded because the store is away is kept and tried again until
 * it is recorded or answered late; meanwhile its job counts as leased, so a store that is away stops the claiming.
 */
public final class JobSettler {

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
    private final EndListener ends;
    private final LoopGuard guard;
    private final FailureLength texts = new FailureLength();
    private final SmartFlush<Settling> plain = flushes();
    /** Those whose follow-ups want keys have statements of their own: such a one may have to wait for somebody's transaction. */
    private final SmartFlush<Settling> keyed = flushes();

    private final BusySettlements busy;
    private Consumer<List<EncodedJob>> followed = jobs -> {};
    private volatile boolean closed;

    public JobSettler(
            LeaseStore store,
            LeaseBook book,
            LongSupplier worker,
            JobObserver observer,
            AttemptLog attempts,
            EndListener ends,
            Scheduler scheduler,
            LoopGuard guard) {
        this.ends = ends;
        this.attempts = attempts;
        this.guard = guard;
        this.store = store;
        plain.onBroken((settlings, error) -> guard.broke(LOOP, error));
        keyed.onBroken((settlings, error) -> guard.broke(LOOP, error));
        this.busy = new BusySettlements(
                settling -> record(List.of(settling)),
                (settling, error) -> giveUp(List.of(settling), error),
                scheduler);
        this.book = book;
        this.worker = worker;
        this.observer = observer;
    }

    private SmartFlush<Settling> flushes() {
        return new SmartFlush<>(Settling::weight, MOST_JOBS, Settling::length, MOST_LENGTH, 1, this::flush);
    }

    /** Who is told of the follow-ups that were enqueued, those included that their keys did not admit. Said before anything is settled. */
    public void onFollowed(Consumer<List<EncodedJob>> told) {
        followed = told;
    }

    public void settle(LeasedJob job, Verdict verdict) {
        settle(job, verdict, null, null);
    }

    /**
     * Records what became of a job, with the next flush.
     *
     * @param policy has the share by which a retry's delay is spread, drawn once for all that leave in one flush, so that
     *     jobs which fail together go back as one set; decides what becomes of an attempt whose follow-ups the store refuses
     * @param told of whether the outcome was recorded; {@code false} if it came too late
     */
    public void settle(LeasedJob job, Verdict verdict, @Nullable RetryPolicy policy, @Nullable Consumer<Boolean> told) {
        Settling settling = new Settling(job, verdict, policy, texts.length(verdict.failure()), told);
        (settling.isKeyed() ? keyed : plain).add(settling);
    }

    /** Has all outcomes that a call settles leave together. */
    public void together(Runnable settles) {
        plain.together(() -> keyed.together(settles));
    }

    /** For an attempt that was broken off: the verdict, or none if the lease is lost. */
    public void settleOrForget(LeasedJob job, @Nullable Verdict verdict) {
        if (verdict == null) {
            forget(job);
        } else {
            settle(job, verdict);
        }
    }

    /** The job's lease is lost: there is nothing to record. */
    public void forget(LeasedJob job) {
        release(List.of(new Settling(job, Verdict.Released.INSTANCE, null, 0, null)), Set.of());
    }

    /** The handler has completed the job with this verdict, in a transaction that is committed; or it has lost the job. */
    public void ended(LeasedJob job, Verdict done, boolean committed, @Nullable Consumer<Boolean> told) {
        Settling settling = new Settling(job, done, null, 0, told);
        Settlement sent = settling.send(0);
        release(List.of(settling), committed ? Set.of() : Set.of(sent));
        tellEnds(List.of(settling), committed ? Set.of() : Set.of(sent));
    }

    /** Whether it gives up on what the store does not take. */
    public boolean isClosed() {
        return closed;
    }

    /** Gives up on outcomes that the store does not take. */
    public void close() {
        closed = true;
    }

    /** One whose key is busy waits for it apart from all others. */
    private Mono<Void> flush(List<Settling> settlings) {
        return record(settlings).onErrorResume(UniqueKeyBusyException.class, error -> {
            busy.add(settlings.get(0));
            return Mono.empty();
        });
    }

    /**
     * If the store refuses something in here for good, or a key is busy, they are halved until the guilty ones are alone. Errs
     * only with a {@link UniqueKeyBusyException}, and only of one alone.
     */
    private Mono<Void> record(List<Settling> settlings) {
        double spread = ThreadLocalRandom.current().nextDouble(-1, 1);
        List<Settlement> settlements =
                settlings.stream().map(each -> each.send(spread)).toList();
        return Mono.defer(() -> store.settle(worker.getAsLong(), settlements))
                .retryWhen(STORE_AWAY.retry(Integer.MAX_VALUE, this::isWorthAnotherTry))
                .doOnNext(late -> guard.run(LOOP, () -> done(settlings, late)))
                .then()
                .onErrorResume(error -> apart(settlings, error));
    }

    private boolean isWorthAnotherTry(Throwable error) {
        boolean again = !closed
                && error instanceof StoreException e
                && e.isPassing()
                && !(error instanceof UniqueKeyBusyException);
        if (again) {
            log.debug("Failed to record outcomes, retrying: {}", ErrorText.firstLine(error));
        }
        return again;
    }

    private Mono<Void> apart(List<Settling> settlings, Throwable error) {
        if (!closed && settlings.size() > 1) {
            int middle = settlings.size() / 2;
            return Flux.just(settlings.subList(0, middle), settlings.subList(middle, settlings.size()))
                    .concatMap(this::flush)
                    .then();
        }
        if (!closed && error instanceof UniqueKeyBusyException) {
            return Mono.error(error);
        }
        if (!closed && error instanceof InvalidJobException && settlings.get(0).fails(error)) {
            return record(settlings);
        }
        giveUp(settlings, error);
        return Mono.empty();
    }

    private void giveUp(List<Settling> settlings, Throwable error) {
        List<Settlement> settlements =
                settlings.stream().map(Settling::sent).filter(Objects::nonNull).toList();
        Settlement first = settlements.get(0);
        log.error(
                "Failed to record the outcomes of {} jobs; they run again when their leases expire. The first is job {}"
                        + " ({})",
                settlements.size(),
                new JobId(first.job()),
                Verdicts.end(first.verdict()).text(),
                ErrorText.readable(error));
        guard.run(LOOP, () -> done(settlings, settlements));
    }

    private void done(List<Settling> settlings, List<Settlement> late) {
        Set<Settlement> tooLate = Collections.newSetFromMap(new IdentityHashMap<>());
        tooLate.addAll(late);
        if (!late.isEmpty()) {
            LateOutcomes.tell(settlings, late);
        }
        IdentityHashMap<LeaseHolder, Duration> returns = new IdentityHashMap<>();
        List<EncodedJob> next = new ArrayList<>();
        for (Settling each : settlings) {
            if (each.verdict() != Verdict.Completed.INSTANCE && !tooLate.contains(each.sent())) {
                attempts.recorded(each.job(), each.verdict());
                next.addAll(each.followUps());
                each.returnsIn()
                        .ifPresent(in -> returns.merge(each.job().holder(), in, (a, b) -> a.compareTo(b) <= 0 ? a : b));
            }
        }
        // Others are told by the store, if they wait.
        returns.forEach(LeaseHolder::dueIn);
        if (!next.isEmpty()) {
            followed.accept(next);
        }
        release(settlings, tooLate);
        tellEnds(settlings, tooLate);
    }

    private void tellEnds(List<Settling> settlings, Set<Settlement> late) {
        if (ends.isListening()) {
            settlings.stream()
                    .filter(each -> !late.contains(each.sent()))
                    .forEach(each ->
                            ends.settled(each.job().job().id(), each.job().job().attempt(), each.verdict()));
        }
    }

    private void release(List<Settling> settlings, Set<Settlement> late) {
        IdentityHashMap<LeaseHolder, List<LeasedJob>> settled = new IdentityHashMap<>();
        for (Settling each : settlings) {
            book.letGo(each.job().lease());
            List<LeasedJob> jobs = settled.get(each.job().holder());
            if (jobs == null) {
                jobs = new ArrayList<>(settlings.size());
                settled.put(each.job().holder(), jobs);
            }
            jobs.add(each.job());
        }
        List<Runnable> leaseMore = new ArrayList<>(settled.size());
        settled.forEach((holder, jobs) -> leaseMore.add(holder.settled(jobs)));
        if (observer != JobObserver.NONE) {
            settlings.forEach(each -> tell(each, late));
        }
        leaseMore.forEach(Runnable::run);
        for (Settling each : settlings) {
            Consumer<Boolean> told = each.told();
            if (told != null) {
                tell(told, !late.contains(each.sent()));
            }
        }
    }

    /** Whoever settled a delivery goes on from here, on this thread. */
    private static void tell(Consumer<Boolean> told, boolean recorded) {
        try {
            told.accept(recorded);
        } catch (Throwable e) {
            log.error("A subscriber to the settlement of a delivery threw", ErrorText.readable(e));
        }
    }

    /** A job that was forgotten was never settled. */
    private void tell(Settling each, Set<Settlement> late) {
        boolean lost = each.sent() == null || late.contains(each.sent());
        observer.settled(
                each.job().holder().queue(),
                each.job().job().kind(),
                lost ? AttemptEnd.LOST : Verdicts.end(each.verdict()));
    }
}
