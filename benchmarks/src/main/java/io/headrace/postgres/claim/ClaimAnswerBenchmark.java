package io.headrace.postgres.claim;

import io.headrace.spi.Claim;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From the rows of a claim to jobs and to where the next claim begins. The driver's own decoding is not in it. */
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClaimAnswerBenchmark {

    private static final int ROWS = 500;

    private final ClaimCursor cursor = ClaimCursor.fresh(0);
    private final ClaimRow tally = ClaimRow.tally(Instant.parse("2026-01-01T00:00:00Z"));
    private final ClaimRow job = ClaimRow.job("{\"number\": 123456}");

    /** For each job. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Claim read() {
        ClaimAnswer answer = new ClaimAnswer(cursor, ROWS, 1);
        boolean taken = answer.take(tally);
        for (int i = 0; i < ROWS; i++) {
            taken &= answer.take(job);
        }
        if (!taken) {
            throw new IllegalStateException("a row was refused");
        }
        return answer.claim();
    }

    /** For each claim: where the one after it begins. */
    @Benchmark
    public Object next() {
        ClaimAnswer answer = new ClaimAnswer(cursor, 1, 1);
        return answer.take(tally) ? answer.next() : tally;
    }
}
