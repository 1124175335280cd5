package io.headrace.engine.step;

import io.headrace.Backoff;
import io.headrace.StoreException;
import io.headrace.engine.flush.SmartFlush;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends what attempts record, batched. While the store is away, it is sent again until it is recorded or answered late. Thread-safe.
 *
 * @param <S> what the store takes
 * @param <E> what is on its way
 */
final class SendingFlush<S, E extends Sending<S>> {

    private static final Logger log = LoggerFactory.getLogger(SendingFlush.class);

    private static final String LOOP = "recording steps";
    private static final int MOST = 2_048;
    /** Of names and values in one statement, in characters. */
    private static final long MOST_LENGTH = 4 << 20;

    private static final Backoff STORE_AWAY =
            Backoff.exponential(Duration.ofMillis(50), 2, Duration.ofSeconds(2)).jitter(0.2);

    private final Function<List<S>, Mono<List<S>>> store;
    private final UnaryOperator<List<E>> condensed;
    private final LoopGuard guard;
    private final SmartFlush<E> flushes =
            new SmartFlush<>(each -> 1, MOST, Sending::length, MOST_LENGTH, 1, this::flush);
    private volatile boolean closed;

    /**
     * @param store answers what came too late
     * @param condensed leaves out what others of a batch stand for
     */
    SendingFlush(Function<List<S>, Mono<List<S>>> store, UnaryOperator<List<E>> condensed, LoopGuard guard) {
        this.store = store;
        this.condensed = condensed;
        this.guard = guard;
        flushes.onBroken((batch, error) -> {
            batch.forEach(each -> each.failed(error));
            guard.broke(LOOP, error);
        });
    }

    /** Completes when it is in the store. If nobody waits any more, it is recorded all the same. */
    Mono<Void> send(E each) {
        return Mono.defer(() -> {
            flushes.add(each);
            return each.answer();
        });
    }

    /** Gives up on what the store does not take. */
    void close() {
        closed = true;
    }

    private Mono<Void> flush(List<E> batch) {
        List<E> standing = condensed.apply(batch);
        return record(standing).then(Mono.fromRunnable(() -> {
            if (standing.size() < batch.size()) {
                guard.run(LOOP, () -> answerTheOthers(batch, standing));
            }
        }));
    }

    /** Those that were left out share the answer of the one that stood for them. */
    private void answerTheOthers(List<E> batch, List<E> standing) {
        Set<E> sent = identitySet(standing);
        for (E each : batch) {
            if (!sent.contains(each)) {
                standing.stream()
                        .filter(one -> one.job() == each.job())
                        .findFirst()
                        .ifPresent(one -> one.answer().subscribe(nothing -> {}, each::failed, each::done));
            }
        }
    }

    private Mono<Void> record(List<E> batch) {
        return Mono.defer(() -> store.apply(batch.stream().map(Sending::send).toList()))
                .retryWhen(STORE_AWAY.retry(Integer.MAX_VALUE, this::isWorthAnotherTry))
                .flatMap(late -> answer(batch, late))
                .onErrorResume(error -> apart(batch, error));
    }

    private boolean isWorthAnotherTry(Throwable error) {
        boolean again = !closed && error instanceof StoreException e && e.isPassing();
        if (again) {
            log.debug("Failed to record steps, retrying: {}", ErrorText.firstLine(error));
        }
        return again;
    }

    private Mono<Void> answer(List<E> batch, List<S> late) {
        if (late.isEmpty()) {
            guard.run(LOOP, () -> batch.forEach(Sending::done));
            return Mono.empty();
        }
        Set<S> tooLate = identitySet(late);
        List<E> again = batch.stream()
                .filter(each -> each.isIn(tooLate) && each.hasMoved())
                .toList();
        Set<E> moved = identitySet(again);
        guard.run(LOOP, () -> {
            for (E each : batch) {
                if (!each.isIn(tooLate)) {
                    each.done();
                } else if (!moved.contains(each)) {
                    each.late();
                }
            }
        });
        return again.isEmpty() ? Mono.empty() : record(again);
    }

    /** The store refuses something in here for good: halve until the guilty ones are alone, and fail those. */
    private Mono<Void> apart(List<E> batch, Throwable error) {
        if (batch.size() == 1 || closed) {
            guard.run(LOOP, () -> batch.forEach(each -> each.failed(error)));
            return Mono.empty();
        }
        int middle = batch.size() / 2;
        return Flux.just(batch.subList(0, middle), batch.subList(middle, batch.size()))
                .concatMap(this::record)
                .then();
    }

    private static <T> Set<T> identitySet(List<T> of) {
        Set<T> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(of);
        return set;
    }
}
