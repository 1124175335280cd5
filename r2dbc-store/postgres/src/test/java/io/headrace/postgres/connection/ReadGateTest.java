package io.headrace.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class ReadGateTest {

    private ReadGate gate = new ReadGate(2, Duration.ofMinutes(1), Schedulers.parallel());
    private final List<Sinks.One<Integer>> running = new ArrayList<>();
    private final List<Throwable> refused = new CopyOnWriteArrayList<>();

    @Test
    void soManyRunAtATimeAndTheNextFollows() {
        read(5);
        assertThat(running).hasSize(2);

        running.get(0).tryEmitValue(1);
        assertThat(running).hasSize(3);

        running.get(1).tryEmitError(new IllegalStateException("one that fails gives way as well"));
        assertThat(running).hasSize(4);
    }

    @Test
    void oneMoreThanMayWaitIsRefusedAtOnce() {
        read(2 + 1_000);
        assertThat(refused).isEmpty();

        read(1);
        assertThat(refused).singleElement().isInstanceOf(TooManyReadsException.class);
        assertThat(refused.get(0)).hasMessageContaining("1000 others wait").hasMessageContaining("maxConnections");
    }

    @Test
    void whoeverHasWaitedForTooLongIsRefused() {
        gate = new ReadGate(2, Duration.ofMillis(50), Schedulers.parallel());
        read(3);
        await().until(() -> !refused.isEmpty());

        assertThat(refused).singleElement().isInstanceOf(TooManyReadsException.class);
        running.get(0).tryEmitValue(1);
        read(1);
        assertThat(running).hasSize(3);
    }

    @Test
    void callersThatLeaveLetNoMoreThroughAndCostNoTurn() {
        List<Disposable> callers = IntStream.range(0, 10)
                .mapToObj(i -> gate.pass(next()).subscribe())
                .toList();
        callers.forEach(Disposable::dispose);
        assertThat(running).hasSize(2);
        read(2);

        running.get(0).tryEmitValue(1);
        assertThat(running).hasSize(3);
        running.get(1).tryEmitError(new IllegalStateException("nobody is there to be told"));
        assertThat(running).hasSize(4);
    }

    private void read(int times) {
        IntStream.range(0, times).forEach(i -> gate.pass(next()).subscribe(value -> {}, refused::add));
    }

    private Mono<Integer> next() {
        return Mono.defer(() -> {
            Sinks.One<Integer> answer = Sinks.one();
            running.add(answer);
            return answer.asMono();
        });
    }
}
