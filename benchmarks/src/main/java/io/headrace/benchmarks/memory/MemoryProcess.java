package io.headrace.benchmarks.memory;

import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.benchmarks.run.HeapWatch;
import io.headrace.observe.AttemptEnd;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StoreCall;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A process of its own that drains with as little heap as it is given, and says how it went as a {@link MemoryAnswer}. Each
 * handler has its payload for some milliseconds, as if it waited for something.
 */
public final class MemoryProcess {

    /** The environment variable with the password. */
    static final String PASSWORD = "HEADRACE_BENCHMARKS_PASSWORD";

    private static final Duration HANDLED_IN = Duration.ofMillis(10);
    private static final int MOST_STARTS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private MemoryProcess() {}

    /**
     * Runs once.
     *
     * @param args host, port, database, user, schema, concurrency, how many jobs
     */
    public static void main(String[] args) {
        ConnectionFactoryOptions options = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, args[0])
                .option(ConnectionFactoryOptions.PORT, Integer.parseInt(args[1]))
                .option(ConnectionFactoryOptions.DATABASE, args[2])
                .option(ConnectionFactoryOptions.USER, args[3])
                .option(ConnectionFactoryOptions.PASSWORD, Objects.requireNonNullElse(System.getenv(PASSWORD), ""))
                .build();
        PostgresJobStore store = PostgresJobStore.builder(ConnectionFactories.get(options))
                .schema(args[4])
                .build();
        HeapWatch heap = new HeapWatch();
        heap.start();
        Tally tally = new Tally(Long.parseLong(args[6]));
        JobEngine engine = JobEngine.builder(store)
                .queue(JobType.DEFAULT_QUEUE, queue -> queue.concurrency(Integer.parseInt(args[5])))
                .subscribe(
                        Load.TYPE,
                        job -> Mono.delay(HANDLED_IN)
                                .doOnNext(tick ->
                                        tally.handled(job.payload().lines().size())))
                .observer(tally)
                .build();
        long began = System.nanoTime();
        // A server that has just been given gigabytes may take its time.
        engine.start().retry(MOST_STARTS).block();
        tally.done.asMono().block(PATIENCE);
        long nanos = System.nanoTime() - began;
        engine.stop().then(store.close()).block();
        System.out.println(new MemoryAnswer(tally.handled.get(), tally.errors.get(), nanos, heap.mostBytes()).line());
        System.exit(0);
    }

    private static final class Tally implements JobObserver {

        private final AtomicLong handled = new AtomicLong();
        private final AtomicLong errors = new AtomicLong();
        private final AtomicLong left;
        private final Sinks.Empty<Void> done = Sinks.empty();

        Tally(long jobs) {
            this.left = new AtomicLong(jobs);
        }

        void handled(int lines) {
            if (lines > 0) {
                handled.incrementAndGet();
            }
        }

        @Override
        public void settled(String queue, String kind, AttemptEnd end) {
            // What has waited too long for its turn is handed back, which is no error.
            if (end == AttemptEnd.COMPLETED && left.decrementAndGet() == 0) {
                done.tryEmitEmpty();
            } else if (end != AttemptEnd.COMPLETED && end != AttemptEnd.RELEASED) {
                errors.incrementAndGet();
            }
        }

        @Override
        public void failed(StoreCall call, Throwable error, Duration took) {
            errors.incrementAndGet();
        }
    }
}
