package io.headrace.benchmarks.jmh;

import io.headrace.JobId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An id to its 13 characters and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JobIdBenchmark {

    private JobId id = new JobId(0x0D_5EED_5EED_5EEDL);
    private String text = id.toString();

    @Benchmark
    public String write() {
        return id.toString();
    }

    @Benchmark
    public JobId read() {
        return JobId.parse(text);
    }
}
