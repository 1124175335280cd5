package io.headrace.engine.flush;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What the batcher costs an item: when each leaves at once, and when they gather behind a flush that is on its way. */
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SmartFlushBenchmark {

    private static final int ITEMS = 1_000;

    private final String item = "item";
    private Sinks.One<Void> underWay = Sinks.one();
    private int flushed;

    private final SmartFlush<String> idle = new SmartFlush<>(any -> 1, ITEMS, 1, batch -> {
        flushed += batch.size();
        return Mono.empty();
    });

    private final SmartFlush<String> loaded = new SmartFlush<>(any -> 1, ITEMS, 1, batch -> {
        flushed += batch.size();
        return batch.size() == 1 ? underWay.asMono() : Mono.empty();
    });

    @Benchmark
    public int oneAtATime() {
        idle.add(item);
        return flushed;
    }

    /** The first leaves alone; the others leave together when it is back. */
    @Benchmark
    @OperationsPerInvocation(ITEMS + 1)
    public int gathered() {
        underWay = Sinks.one();
        for (int i = 0; i <= ITEMS; i++) {
            loaded.add(item);
        }
        underWay.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        return flushed;
    }
}
