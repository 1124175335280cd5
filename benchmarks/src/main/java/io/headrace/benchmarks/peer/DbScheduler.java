package io.headrace.benchmarks.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.contender.LatencyProbe;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * <a href="https://github.com/kagkarlsson/db-scheduler">db-scheduler</a>: one-time tasks, whose rows are deleted when they
 * have run.
 *
 * <table>
 * <caption>Settings, and where they come from</caption>
 * <tr><td>lock-and-fetch, 100 threads, lower limit 2.0, upper limit 6.0</td>
 *     <td>README, "Benchmark test": the fastest of the rows for machines of two cores</td></tr>
 * <tr><td>the lock and the fetch in one statement</td><td>what it does on PostgreSQL by itself</td></tr>
 * <tr><td>the stream form of {@code scheduleBatch}</td>
 *     <td>{@code SchedulerClient}: cuts the stream into batches of the size that it thinks best</td></tr>
 * <tr><td>immediate execution</td><td>README, "Configuration": {@code enableImmediateExecution()}</td></tr>
 * <tr><td>table and indexes</td><td>README, "Getting started": {@code postgresql_tables.sql}</td></tr>
 * <tr><td>Java serialization of a text</td><td>README, "Serializers": the default</td></tr>
 * </table>
 */
public final class DbScheduler implements Contender {

    private static final int THREADS = 100;
    private static final double LOWER_LIMIT = 2.0;
    private static final double UPPER_LIMIT = 6.0;
    private static final int CONNECTIONS = 24;
    private static final Duration POLL_EVERY = Duration.ofSeconds(1);
    private static final String TASK = "no-op";
    /** Apart from the others, so that nobody's numbers collide. */
    private static final String TIMED_TASK = "timed no-op";

    /** Without the index for priorities, which it does not use unless they are enabled. */
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS scheduled_tasks (
                task_name text NOT NULL,
                task_instance text NOT NULL,
                task_data bytea,
                execution_time timestamp with time zone,
                picked boolean NOT NULL,
                picked_by text,
                last_success timestamp with time zone,
                last_failure timestamp with time zone,
                consecutive_failures int,
                last_heartbeat timestamp with time zone,
                version bigint NOT NULL,
                priority smallint,
                state text,
                PRIMARY KEY (task_name, task_instance)
            );
            CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
            """;

    private final AtomicLong names = new AtomicLong();
    private @Nullable Opened opened;
    private @Nullable Scheduler latency;

    private record Opened(JdbcPool pool, SchedulerClient client, Callers callers, String payload) {}

    @Override
    public String name() {
        return "db_scheduler";
    }

    @Override
    public void open(ContenderSettings settings) throws SQLException {
        join(settings);
        opened().pool.run(TABLE);
    }

    @Override
    public void join(ContenderSettings settings) {
        JdbcPool pool = JdbcPool.open(settings, CONNECTIONS);
        SchedulerClient client = SchedulerClient.Builder.create(pool.source(), task(TASK, number -> {}))
                .build();
        opened = new Opened(
                pool,
                client,
                new Callers(Math.min(settings.concurrency(), CONNECTIONS)),
                "x".repeat(settings.payloadBytes()));
    }

    @Override
    public boolean sharesTables() {
        return true;
    }

    private Opened opened() {
        return Objects.requireNonNull(opened, "not open");
    }

    private static OneTimeTask<String> task(String name, LongConsumer handler) {
        return Tasks.oneTime(name, String.class)
                .execute((instance, context) -> handler.accept(Long.parseLong(instance.getId())));
    }

    private TaskInstance<String> instance(String task, long number) {
        return new TaskInstance<>(task, Long.toString(number), opened().payload);
    }

    @Override
    public void enqueueBulk(int jobs) {
        Stream<TaskInstance<?>> instances =
                IntStream.range(0, jobs).mapToObj(i -> instance(TASK, names.getAndIncrement()));
        opened().client.scheduleBatch(instances, Instant.now());
    }

    @Override
    public void enqueueSingle(int jobs) throws InterruptedException {
        opened().callers.make(jobs, i -> enqueue(opened().client, instance(TASK, names.getAndIncrement())));
    }

    private static void enqueue(SchedulerClient client, TaskInstance<String> instance) {
        if (!client.scheduleIfNotExists(instance, Instant.now())) {
            throw new IllegalStateException("scheduled before: " + instance);
        }
    }

    @Override
    public void drain(int jobs) throws InterruptedException {
        Handled handled = new Handled(jobs);
        Scheduler scheduler = scheduler(handled, List.of(task(TASK, number -> {})));
        scheduler.start();
        try {
            handled.await();
        } finally {
            scheduler.stop();
        }
    }

    /** Counts an execution when its row is gone. */
    private Scheduler scheduler(Handled handled, List<Task<?>> tasks) {
        return Scheduler.create(opened().pool.source(), tasks)
                .schedulerName(new SchedulerName.Fixed("benchmark"))
                .threads(THREADS)
                .pollUsingLockAndFetch(LOWER_LIMIT, UPPER_LIMIT)
                .pollingInterval(POLL_EVERY)
                .enableImmediateExecution()
                .addSchedulerListener(new AbstractSchedulerListener() {
                    @Override
                    public void onExecutionComplete(ExecutionComplete execution) {
                        if (execution.getResult() == ExecutionComplete.Result.OK) {
                            handled.one();
                        }
                    }
                })
                .build();
    }

    @Override
    public void startLatency(LatencyProbe probe) {
        latency = scheduler(
                new Handled(Integer.MAX_VALUE), List.of(task(TIMED_TASK, probe::started), task(TASK, probe::started)));
        latency.start();
    }

    /** Through the scheduler itself, if it is in this process: it looks for what is due as soon as something is. */
    @Override
    public void enqueueForLatency(long sequence) {
        enqueue(latency == null ? opened().client : latency, instance(TIMED_TASK, sequence));
    }

    @Override
    public void stopLatency() {
        Objects.requireNonNull(latency, "not started").stop();
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.pool.close();
        }
    }
}
