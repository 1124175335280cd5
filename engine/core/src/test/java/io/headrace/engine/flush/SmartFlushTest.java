package io.headrace.engine.flush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class SmartFlushTest {

    private final List<List<Integer>> flushed = new ArrayList<>();
    private final List<Sinks.Empty<Void>> flights = new ArrayList<>();

    /** Each flush stays on its way until its flight is ended. */
    private Mono<Void> fly(List<Integer> batch) {
        flushed.add(batch);
        Sinks.Empty<Void> flight = Sinks.empty();
        flights.add(flight);
        return flight.asMono();
    }

    private SmartFlush<Integer> batcher(int most) {
        return new SmartFlush<>(item -> 1, most, 1, this::fly);
    }

    @Test
    void idleAnItemLeavesAtOnce() {
        batcher(10).add(1);

        assertThat(flushed).containsExactly(List.of(1));
    }

    @Test
    void whileOneFlushIsOnItsWayTheNextFills() {
        SmartFlush<Integer> batcher = batcher(10);
        for (int i = 1; i <= 5; i++) {
            batcher.add(i);
        }
        assertThat(flushed).hasSize(1);

        flights.get(0).tryEmitEmpty();

        assertThat(flushed).containsExactly(List.of(1), List.of(2, 3, 4, 5));
    }

    @Test
    void whatIsAddedTogetherLeavesTogether() {
        SmartFlush<Integer> batcher = batcher(10);
        batcher.together(() -> {
            for (int i = 1; i <= 5; i++) {
                batcher.add(i);
            }
            assertThat(flushed).isEmpty();
        });

        assertThat(flushed).containsExactly(List.of(1, 2, 3, 4, 5));
    }

    @Test
    void whatWasAddedBeforeACallThrewLeavesAllTheSame() {
        SmartFlush<Integer> batcher = batcher(10);

        assertThatThrownBy(() -> batcher.together(() -> {
                    batcher.add(1);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        batcher.add(2);
        flights.get(0).tryEmitEmpty();

        assertThat(flushed).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void ofSeveralSomeLeaveAtOnceAndTheNextFills() {
        SmartFlush<Integer> batcher = SmartFlush.ofSeveral(item -> 1, 10, 2, this::fly);
        for (int i = 1; i <= 5; i++) {
            batcher.add(i);
        }
        assertThat(flushed).containsExactly(List.of(1), List.of(2));

        flights.get(1).tryEmitEmpty();
        batcher.add(6);

        assertThat(flushed).containsExactly(List.of(1), List.of(2), List.of(3, 4, 5));
    }

    @Test
    void aBatchKeepsToItsWeightAndAHeavyItemGoesAlone() {
        SmartFlush<Integer> batcher = new SmartFlush<>(item -> item, 10, 1, this::fly);
        for (int weight : new int[] {1, 4, 5, 3, 50, 2}) {
            batcher.add(weight);
        }
        for (int i = 0; i < flights.size(); i++) {
            flights.get(i).tryEmitEmpty();
        }

        assertThat(flushed).containsExactly(List.of(1), List.of(4, 5), List.of(3), List.of(50), List.of(2));
    }

    @Test
    void anotherFlushLeavesBesideTheFirstWhenItHasItsShare() {
        SmartFlush<Integer> batcher = new SmartFlush<>(item -> 1, 6, 2, this::fly);
        for (int i = 1; i <= 12; i++) {
            batcher.add(i);
        }
        assertThat(flushed).containsExactly(List.of(1), List.of(2, 3, 4));

        flights.get(1).tryEmitEmpty();
        assertThat(flushed).hasSize(3).last().isEqualTo(List.of(5, 6, 7, 8, 9, 10));
        flights.get(0).tryEmitEmpty();
        assertThat(flushed).as("two are not worth a statement of their own").hasSize(3);
        flights.get(2).tryEmitEmpty();
        assertThat(flushed).hasSize(4).last().isEqualTo(List.of(11, 12));
    }

    @Test
    void aBatchKeepsToItsLengthAndAnItemThatIsLongerTravelsAlone() {
        SmartFlush<Integer> batcher = new SmartFlush<>(item -> 1, 100, item -> item, 10, 3, this::fly);
        for (int length : new int[] {1, 6, 4, 3, 50, 40, 2}) {
            batcher.add(length);
        }
        assertThat(flushed)
                .as(
                        "the second is full and leaves beside the first; one that is too long leaves when nothing else does")
                .containsExactly(List.of(1), List.of(6, 4), List.of(3));

        flights.get(0).tryEmitEmpty();
        flights.get(1).tryEmitEmpty();
        assertThat(flushed).hasSize(3);
        flights.get(2).tryEmitEmpty();
        assertThat(flushed).hasSize(4).last().isEqualTo(List.of(50));
        flights.get(3).tryEmitEmpty();
        assertThat(flushed).hasSize(5).last().isEqualTo(List.of(40));
        flights.get(4).tryEmitEmpty();

        assertThat(flushed).hasSize(6).last().isEqualTo(List.of(2));
    }

    @Test
    void aFlushThatErrsDoesNotStopTheNext() {
        SmartFlush<Integer> batcher = batcher(1);
        batcher.add(1);
        batcher.add(2);

        flights.get(0).tryEmitError(new IllegalStateException("expected by this test"));

        assertThat(flushed).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void flushesThatEndAtOnceDoNotDeepenTheStack() {
        AtomicInteger flushes = new AtomicInteger();
        SmartFlush<Integer> batcher = new SmartFlush<>(item -> 1, 1, 1, batch -> {
            flushes.incrementAndGet();
            return Mono.empty();
        });
        Sinks.Empty<Void> gate = Sinks.empty();
        SmartFlush<Integer> gated = new SmartFlush<>(item -> 1, 1, 1, batch -> {
            flushes.incrementAndGet();
            return batch.get(0) == 0 ? gate.asMono() : Mono.empty();
        });
        for (int i = 0; i < 100_000; i++) {
            batcher.add(i);
            gated.add(i);
        }

        gate.tryEmitEmpty();

        assertThat(flushes).hasValue(200_000);
    }

    @Test
    void manyThreadsLoseNothingAndFlushOneAtATime() throws InterruptedException {
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(40_000);
        SmartFlush<Integer> batcher = new SmartFlush<>(
                item -> 1,
                64,
                1,
                batch -> Mono.fromRunnable(() -> {
                    overlaps.addAndGet(inFlight.getAndIncrement());
                    seen.addAll(batch);
                    inFlight.decrementAndGet();
                    batch.forEach(item -> all.countDown());
                }));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int t = 0; t < 4; t++) {
            int first = t * 10_000;
            threads.execute(() -> {
                for (int i = 0; i < 10_000; i++) {
                    batcher.add(first + i);
                }
            });
        }

        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();
        assertThat(overlaps).hasValue(0);
        assertThat(seen).hasSize(40_000).doesNotHaveDuplicates();
    }

    @Test
    void aFlushThatThrowsAnErrorIsToldAndTheNextOneLeaves() {
        List<Object> told = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        SmartFlush<Integer> batcher = new SmartFlush<>(item -> 1, 10, 1, batch -> {
            if (batch.contains(1)) {
                throw new NoClassDefFoundError("Driver");
            }
            left.addAll(batch);
            return Mono.empty();
        });
        batcher.onBroken((batch, error) -> {
            told.addAll(batch);
            told.add(error.getClass());
        });

        batcher.add(1);
        batcher.add(2);

        assertThat(told).containsExactly(1, NoClassDefFoundError.class);
        assertThat(left).containsExactly(2);
    }
}
