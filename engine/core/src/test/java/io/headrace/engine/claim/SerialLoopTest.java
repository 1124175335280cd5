package io.headrace.engine.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialLoopTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void whoeverComesDuringAStepHasItMadeOnceMoreAfterwards() {
        SerialLoop[] loop = new SerialLoop[1];
        loop[0] = new SerialLoop(
                () -> {
                    lines.add("begun");
                    if (lines.size() == 1) {
                        loop[0].run();
                        loop[0].run();
                    }
                    lines.add("ended");
                },
                error -> lines.add(error.toString()));

        loop[0].run();

        assertThat(lines).containsExactly("begun", "ended", "begun", "ended");
    }

    @Test
    void aStepThatThrowsIsReportedAndTheNextIsMade() {
        AtomicInteger steps = new AtomicInteger();
        SerialLoop loop = new SerialLoop(
                () -> {
                    if (steps.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("Stone");
                    }
                },
                error -> lines.add(error.getMessage()));

        loop.run();
        loop.run();

        assertThat(lines).containsExactly("Stone");
        assertThat(steps).hasValue(2);
    }

    @Test
    void eventsOfManyThreadsAreDealtWithInOneStepAtATime() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch events = new CountDownLatch(40_000);
        SerialLoop[] loop = new SerialLoop[1];
        loop[0] = new SerialLoop(
                () -> {
                    overlaps.addAndGet(inside.getAndIncrement());
                    loop[0].dealWithEvents();
                    inside.decrementAndGet();
                },
                error -> lines.add(error.toString()));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    loop[0].happened(events::countDown);
                }
            }));
        }
        threads.forEach(Thread::start);

        assertThat(events.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
        assertThat(lines).isEmpty();
    }
}
