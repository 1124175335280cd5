package io.headrace.benchmarks.jmh;

import io.headrace.Backoff;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How long to wait: reckoned once for each failure. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BackoffBenchmark {

    private final Backoff exponential = Backoff.exponential();
    private final Backoff jittered = Backoff.exponential().jitter(0.2);
    private int tries = 5;

    @Benchmark
    public Duration exponential() {
        return exponential.delay(tries);
    }

    @Benchmark
    public Duration jittered() {
        return jittered.jittered(tries);
    }
}
