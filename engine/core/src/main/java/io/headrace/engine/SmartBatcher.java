package io.headrace.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.concurrent.Queues;

/**
 * Smart batching: while one flush is on its way the next one fills; there is no timer and no fixed size. Idle, an item
 * leaves at once; loaded, batches grow by themselves. One flush is on its way at a time, so flushes keep their order.
 *
 * <p>Thread-safe. A flush is subscribed to on the thread that added its first item, or on which the one before it ended.
 */
final class SmartBatcher<T> {

    private static final Logger log = LoggerFactory.getLogger(SmartBatcher.class);

    private final Queue<T> waiting = Queues.<T>unboundedMultiproducer().get();
    private final AtomicInteger wip = new AtomicInteger();
    private final Function<List<T>, Mono<Void>> flush;
    private final ToIntFunction<T> weight;
    private final int mostWeight;
    private int missed;

    /**
     * @param mostWeight the weight of a batch at the most; a single heavier item goes alone
     * @param flush deals with its own errors; one that it does not deal with is logged, and the items are forgotten
     */
    SmartBatcher(ToIntFunction<T> weight, int mostWeight, Function<List<T>, Mono<Void>> flush) {
        this.weight = weight;
        this.mostWeight = mostWeight;
        this.flush = flush;
    }

    void add(T item) {
        waiting.offer(item);
        if (wip.getAndIncrement() == 0) {
            missed = 1;
            fly();
        }
    }

    /** Runs on one thread at a time: whoever raised {@link #wip} from 0, then whoever sees a flush end. */
    private void fly() {
        while (true) {
            List<T> batch = take();
            if (batch.isEmpty()) {
                missed = wip.addAndGet(-missed);
                if (missed == 0) {
                    return;
                }
                continue;
            }
            // The flush may end before subscribe() returns. Of the two, the one that comes second goes on, so that a
            // run of flushes that end at once is a loop and not a recursion.
            AtomicBoolean first = new AtomicBoolean(true);
            Mono.defer(() -> flush.apply(batch))
                    .doFinally(signal -> {
                        if (!first.getAndSet(false)) {
                            fly();
                        }
                    })
                    .subscribe(
                            nothing -> {}, error -> log.error("a flush of {} was not recorded", batch.size(), error));
            if (first.getAndSet(false)) {
                return;
            }
        }
    }

    private List<T> take() {
        List<T> batch = new ArrayList<>();
        int total = 0;
        for (T next = waiting.peek(); next != null; next = waiting.peek()) {
            total += weight.applyAsInt(next);
            if (total > mostWeight && !batch.isEmpty()) {
                break;
            }
            batch.add(next);
            waiting.remove();
        }
        return batch;
    }
}
