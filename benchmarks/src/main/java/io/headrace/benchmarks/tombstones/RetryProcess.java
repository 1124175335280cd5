package io.headrace.benchmarks.tombstones;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.FailedJobs;
import io.headrace.JobOperator;
import io.headrace.RetryReport;
import io.headrace.benchmarks.run.HeapWatch;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperator;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * A process of its own that retries, with as little heap as it is given. Says {@link #READY}, waits for a line, retries,
 * and says how it went as a {@link RetryAnswer}.
 */
public final class RetryProcess {

    static final String READY = "ready";
    static final String APPLICATION = "retry";
    /** The environment variable with the password. */
    static final String PASSWORD = "HEADRACE_BENCHMARKS_PASSWORD";

    private static final FailedJobs HUSKS = FailedJobs.ofKind(Errand.HUSK.kind());

    private RetryProcess() {}

    /**
     * Runs once.
     *
     * @param args host, port, database, user, schema, and whether to retry by a bulk operation
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
            RetryReport report = (Boolean.parseBoolean(args[5]) ? inBulk(operator) : atOnce(operator))
                    .blockOptional()
                    .orElseThrow();
            long nanos = System.nanoTime() - began;
            System.out.println(new RetryAnswer(report.matched(), report.retried(), nanos, heap.mostBytes()).line());
        }
        store.close().block();
    }

    private static Mono<RetryReport> atOnce(JobOperator operator) {
        return operator.retryFailed(HUSKS);
    }

    private static Mono<RetryReport> inBulk(JobOperator operator) {
        BulkOperator bulk = operator.bulk();
        return bulk.start(new BulkAction.Retry(HUSKS))
                .flatMapMany(started -> bulk.watch(started.id()))
                .last()
                .map(end -> new RetryReport(end.matched(), end.done(), end.raced(), end.pruned()));
    }
}
