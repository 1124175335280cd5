package io.headrace.engine.flush;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.concurrent.Queues;

/**
 * Smart batching: while one flush is on its way the next one fills; there is no timer and no fixed size. Idle, an item
 * leaves at once; loaded, batches grow by themselves. Beyond a number of flushes, usually one, a further flush leaves only
 * when it has its share: what would fill one, divided by how many may be on their way. An item that is over the length of a
 * batch leaves alone, and only when no other flush is on its way.
 *
 * <p>Thread-safe. A flush is subscribed to on the thread that added its first item, or on which another ended.
 */
public final class SmartFlush<T> {

    private static final Logger log = LoggerFactory.getLogger(SmartFlush.class);

    private final Queue<T> waiting = Queues.<T>unboundedMultiproducer().get();
    private final AtomicLong waitingWeight = new AtomicLong();
    private final AtomicLong waitingLength = new AtomicLong();
    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicInteger onTheirWay = new AtomicInteger();
    private final Function<List<T>, Mono<Void>> flush;
    private final ToIntFunction<T> weight;
    private final int mostWeight;
    private final ToLongFunction<T> length;
    private final long mostLength;
    private final int atOnce;
    private final int mostOnTheirWay;
    private BiConsumer<List<T>, Throwable> broken;

    /** Of items whose length does not matter. */
    SmartFlush(ToIntFunction<T> weight, int mostWeight, int mostOnTheirWay, Function<List<T>, Mono<Void>> flush) {
        this(weight, mostWeight, item -> 0, Long.MAX_VALUE, 1, mostOnTheirWay, flush);
    }

    /**
     * Of items whose length does not matter, and which leave at once while there are few flushes.
     *
     * @param mostWeight the weight of a batch, at most; a single heavier item goes alone
     * @param onTheirWay how many flushes may be on their way
     */
    public static <T> SmartFlush<T> ofSeveral(
            ToIntFunction<T> weight, int mostWeight, int onTheirWay, Function<List<T>, Mono<Void>> flush) {
        return new SmartFlush<>(weight, mostWeight, item -> 0, Long.MAX_VALUE, onTheirWay, onTheirWay, flush);
    }

    /**
     * @param mostWeight the weight of a batch, at most; a single heavier item goes alone
     * @param mostLength the length of a batch, at most; a single longer item goes alone
     * @param mostOnTheirWay how many flushes may be on their way; with 1 they keep their order
     * @param flush deals with its own errors; what it does not deal with is {@linkplain #onBroken told}, and the items are
     *     forgotten
     */
    public SmartFlush(
            ToIntFunction<T> weight,
            int mostWeight,
            ToLongFunction<T> length,
            long mostLength,
            int mostOnTheirWay,
            Function<List<T>, Mono<Void>> flush) {
        this(weight, mostWeight, length, mostLength, 1, mostOnTheirWay, flush);
    }

    private SmartFlush(
            ToIntFunction<T> weight,
            int mostWeight,
            ToLongFunction<T> length,
            long mostLength,
            int atOnce,
            int mostOnTheirWay,
            Function<List<T>, Mono<Void>> flush) {
        this.weight = weight;
        this.mostWeight = mostWeight;
        this.length = length;
        this.mostLength = mostLength;
        this.atOnce = atOnce;
        this.mostOnTheirWay = mostOnTheirWay;
        this.flush = flush;
        this.broken = (batch, error) -> log.error("A flush of {} was not recorded", batch.size(), error);
    }

    /** Who is told of a batch whose flush has failed, whatever was thrown. Said before anything is added. */
    public void onBroken(BiConsumer<List<T>, Throwable> told) {
        broken = told;
    }

    public void add(T item) {
        waitingWeight.addAndGet(weight.applyAsInt(item));
        long itsLength = length.applyAsLong(item);
        if (itsLength != 0) {
            waitingLength.addAndGet(itsLength);
        }
        waiting.offer(item);
        drain();
    }

    /** Has all that a call adds leave together, as far as it fits; the call must not wait for any of it. */
    public void together(Runnable adds) {
        boolean mine = wip.getAndIncrement() == 0;
        try {
            adds.run();
        } finally {
            if (mine) {
                drainUntilNoneCame();
            }
        }
    }

    /** On one thread at a time: a flush that ends in the middle of it is dealt with by the next turn of the loop. */
    private void drain() {
        if (wip.getAndIncrement() == 0) {
            drainUntilNoneCame();
        }
    }

    private void drainUntilNoneCame() {
        int missed = 1;
        do {
            try {
                while (mayLeave()) {
                    leave(take());
                }
            } catch (Throwable e) {
                // Nobody would ever come in here again.
                broken.accept(List.of(), e);
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private boolean mayLeave() {
        int flying = onTheirWay.get();
        T next = waiting.peek();
        return next != null && (flying < atOnce || (flying < mostOnTheirWay && hasItsShare() && !isTooLong(next)));
    }

    private boolean hasItsShare() {
        return waitingWeight.get() >= mostWeight / mostOnTheirWay || waitingLength.get() >= mostLength;
    }

    private boolean isTooLong(T item) {
        return length.applyAsLong(item) > mostLength;
    }

    private void leave(List<T> batch) {
        Flight flight = new Flight(batch);
        onTheirWay.incrementAndGet();
        try {
            flush.apply(batch).subscribe(flight);
        } catch (Throwable e) {
            flight.onError(e);
        }
    }

    private List<T> take() {
        List<T> batch = new ArrayList<>();
        int total = 0;
        long totalLength = 0;
        for (T next = waiting.peek(); next != null; next = waiting.peek()) {
            int more = weight.applyAsInt(next);
            long longer = length.applyAsLong(next);
            if ((total + more > mostWeight || totalLength + longer > mostLength) && !batch.isEmpty()) {
                break;
            }
            total += more;
            totalLength += longer;
            batch.add(next);
            waiting.remove();
        }
        waitingWeight.addAndGet(-total);
        if (totalLength != 0) {
            waitingLength.addAndGet(-totalLength);
        }
        return batch;
    }

    /** A flush on its way, which ends once. */
    private final class Flight implements CoreSubscriber<Void> {

        private final List<T> batch;
        private final AtomicBoolean over = new AtomicBoolean();

        Flight(List<T> batch) {
            this.batch = batch;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Void nothing) {}

        @Override
        public void onError(Throwable error) {
            if (over.compareAndSet(false, true)) {
                broken.accept(batch, error);
                leave();
            }
        }

        @Override
        public void onComplete() {
            if (over.compareAndSet(false, true)) {
                leave();
            }
        }

        private void leave() {
            onTheirWay.decrementAndGet();
            drain();
        }
    }
}
