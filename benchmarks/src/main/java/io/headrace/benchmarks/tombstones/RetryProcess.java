package io.headrace.benchmarks.tombstones;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.FailedJobs;
import io.headrace.JobOperator;
import io.headrace.RetryReport;
import io.headrace.benchmarks.run.HeapWatch;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Objects;

/**
 * A process of its own that retries, with as little heap as it is given. Says {@link #READY}, waits for a line, retries,
 * and says how it went as a {@link RetryAnswer}.
 */
public final class RetryProcess {

    static final String READY = "ready";
    static final String APPLICATION = "retry";
    /** The environment variable with the password. */
    static final String PASSWORD = "HEADRACE_BENCHMARKS_PASSWORD";

    private RetryProcess() {}

    /**
     * Runs once.
     *
     * @param args host, port, database, user, schema
     */
    public static void main(String[] args) throws IOException {
        ConnectionFactoryOptions options = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, args[0])
                .option(ConnectionFactoryOptions.PORT, Integer.parseInt(args[1]))
                .option(ConnectionFactoryOptions.DATABASE, args[2])
                .option(ConnectionFactoryOptions.USER, args[3])
                .option(ConnectionFactoryOptions.PASSWORD, Objects.requireNonNullElse(System.getenv(PASSWORD), ""))
                .build();
        PostgresJobStore store = Yard.store(options, args[4], APPLICATION);
        JobOperator operator = JobOperator.create(store);
        HeapWatch heap = new HeapWatch();
        heap.start();
        // Connects, and loads what is needed.
        RetryReport nothing = operator.retryFailed(FailedJobs.ofKind("nothing")).block();
        System.out.println(nothing == null ? "" : READY);
        String go = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        if (go != null) {
            long began = System.nanoTime();
            RetryReport report = operator.retryFailed(FailedJobs.ofKind(Errand.HUSK.kind()))
                    .blockOptional()
                    .orElseThrow();
            long nanos = System.nanoTime() - began;
            System.out.println(new RetryAnswer(report.matched(), report.retried(), nanos, heap.mostBytes()).line());
        }
        store.close().block();
    }
}
