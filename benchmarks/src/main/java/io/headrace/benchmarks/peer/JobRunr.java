package io.headrace.benchmarks.peer;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.contender.LatencyProbe;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jobrunr.jobs.filters.ApplyStateFilter;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * <a href="https://www.jobrunr.io">JobRunr</a>, the open-source edition: jobs are requests, whose rows stay as succeeded
 * when they have run.
 *
 * <table>
 * <caption>Settings, and where they come from</caption>
 * <tr><td>a stream of job requests, saved in batches of 5,000</td>
 *     <td>"Enqueueing jobs", "Enqueueing background jobs in bulk"; requests, since a lambda is analyzed each time</td></tr>
 * <tr><td>a poll every 5 s</td><td>"Fluent API"; the smallest that is allowed: see issue 260 of its tracker. It decides
 *     the latency of an idle server; under load a worker that is done fetches at once</td></tr>
 * <tr><td>workers: 8 a core</td><td>the default for platform threads, argued in {@code BackgroundJobServerThreadType}. 50
 *     were no faster on two cores</td></tr>
 * <tr><td>nothing deleted while it runs</td><td>the default: succeeded jobs are kept for 36 hours</td></tr>
 * <tr><td>no dashboard, no metrics, no JMX</td><td>"Fluent API": each is off unless asked for</td></tr>
 * <tr><td>tables</td><td>"SQL databases": it runs its own migrations</td></tr>
 * </table>
 */
public final class JobRunr implements Contender {

    private static final Duration SHORTEST_POLL_INTERVAL = Duration.ofSeconds(5);
    private static final int WORKERS_PER_CORE = 8;
    /** Those of its own that are not workers. */
    private static final int KEEPERS = 5;

    private @Nullable Opened opened;
    private volatile LongConsumer handler = sequence -> {};
    private volatile Handled handled = new Handled(0);

    private record Opened(
            JdbcPool pool, JobRequestScheduler scheduler, BackgroundJobServer server, Callers callers, String filler) {}

    @Override
    public String name() {
        return "jobrunr";
    }

    @Override
    public void open(ContenderSettings settings) {
        int workers = WORKERS_PER_CORE * Runtime.getRuntime().availableProcessors();
        int connections = workers + KEEPERS;
        JdbcPool pool = JdbcPool.open(settings, connections);
        ApplyStateFilter counter = (job, before, now) -> {
            if (now.getName() == StateName.SUCCEEDED) {
                handled.one();
            }
        };
        JobRequestScheduler scheduler = org.jobrunr.configuration.JobRunr.configure()
                .useJsonMapper(new Jackson3JsonMapper())
                .useJobActivator(activator(new JobRunrRequest.Handler(sequence -> handler.accept(sequence))))
                .useStorageProvider(SqlStorageProviderFactory.using(pool.source()))
                .withJobFilter(counter)
                .useBackgroundJobServer(
                        usingStandardBackgroundJobServerConfiguration()
                                .andPollInterval(SHORTEST_POLL_INTERVAL)
                                .andWorkerCount(workers),
                        false)
                .initialize()
                .getJobRequestScheduler();
        opened = new Opened(
                pool,
                scheduler,
                org.jobrunr.configuration.JobRunr.getBackgroundJobServer(),
                new Callers(Math.min(settings.concurrency(), connections)),
                "x".repeat(settings.payloadBytes()));
    }

    private static JobActivator activator(JobRunrRequest.Handler handler) {
        return new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.cast(handler);
            }
        };
    }

    private Opened opened() {
        return Objects.requireNonNull(opened, "not open");
    }

    private JobRunrRequest request(long sequence) {
        return new JobRunrRequest(sequence, opened().filler);
    }

    @Override
    public void enqueueBulk(int jobs) {
        opened().scheduler.enqueue(LongStream.range(0, jobs).mapToObj(this::request));
    }

    @Override
    public void enqueueSingle(int jobs) throws InterruptedException {
        opened().callers.make(jobs, this::enqueueForLatency);
    }

    /** The server is one that looks for jobs a second after it was started, whatever its settings. */
    @Override
    public void drain(int jobs) throws InterruptedException {
        Handled all = new Handled(jobs);
        handled = all;
        opened().server.start();
        try {
            all.await();
        } finally {
            opened().server.stop();
        }
    }

    @Override
    public void startLatency(LatencyProbe probe) {
        handler = probe::started;
        opened().server.start();
    }

    @Override
    public void enqueueForLatency(long sequence) {
        Objects.requireNonNull(opened().scheduler.enqueue(request(sequence)));
    }

    @Override
    public void stopLatency() {
        opened().server.stop();
        handler = sequence -> {};
    }

    @Override
    public void close() {
        if (opened != null) {
            Object ignored = org.jobrunr.configuration.JobRunr.destroy();
            opened.pool.close();
        }
    }
}
