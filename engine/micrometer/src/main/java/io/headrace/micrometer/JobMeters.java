package io.headrace.micrometer;

import io.headrace.EngineStatus;
import io.headrace.JobState;
import io.headrace.observe.AttemptEnd;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StepEnd;
import io.headrace.observe.StoreCall;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.JobInspector;
import io.headrace.spi.SweepReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * The meters of an engine or a client: {@code JobEngine.builder(store).observer(JobMeters.of(registry))}. All names
 * start with {@code headrace.}; docs/observability.md lists them. Thread-safe. Counting a job allocates nothing.
 *
 * <p>While the engine runs, the contents of the queues are read from the store, at start and then about every
 * {@code depthInterval}, ± 20 %. A scrape sends no query. After a failed reading these gauges are {@code NaN}. When the
 * engine has stopped, all of its gauges are removed.
 */
public final class JobMeters implements JobObserver {

    /** The default interval at which the contents of the queues are read. */
    public static final Duration DEFAULT_DEPTH_INTERVAL = Duration.ofSeconds(15);

    private final MeterRegistry registry;
    private final Tags common;
    private final Duration depthInterval;
    private final LiveGauges gauges;
    private final KindTable kinds;
    private final ScheduleMeters schedules;
    private final AwaitMeters awaits;
    private final CallMeters calls;
    private final Counter leasesLost;
    private final Counter sweptWorkers;
    private final Counter sweptReturned;
    private final Counter sweptBuried;
    private final Counter prunedTombstones;
    private final Counter prunedCompleted;
    private final Disposable.Swap depths = Disposables.swap();

    private JobMeters(MeterRegistry registry, Tags common, Duration depthInterval) {
        this.registry = registry;
        this.common = common;
        this.depthInterval = depthInterval;
        this.gauges = new LiveGauges(registry, common);
        this.kinds = new KindTable(registry, common, gauges);
        this.schedules = new ScheduleMeters(registry, common);
        this.awaits = new AwaitMeters(registry, common);
        this.calls = new CallMeters(registry, common);
        this.leasesLost = counter(
                "headrace.leases.lost", "Leases with running handlers that other workers took over", Tags.empty());
        this.sweptWorkers =
                counter("headrace.sweep.workers", "Silent workers removed by this engine's sweeps", Tags.empty());
        String rescued =
                "Jobs of expired leases that this engine's sweeps made pending again, or failed because no attempts were left";
        this.sweptReturned = counter("headrace.sweep.jobs", rescued, Tags.of("result", "returned"));
        this.sweptBuried = counter("headrace.sweep.jobs", rescued, Tags.of("result", "buried"));
        String forgotten = "Jobs that this engine removed after their retention";
        this.prunedTombstones = counter("headrace.jobs.pruned", forgotten, Tags.of("state", "tombstone"));
        this.prunedCompleted = counter("headrace.jobs.pruned", forgotten, Tags.of("state", "completed"));
    }

    /** Creates meters with the default settings. */
    public static JobMeters of(MeterRegistry registry) {
        return of(registry, Tags.empty(), DEFAULT_DEPTH_INTERVAL);
    }

    /**
     * Creates meters with the given settings.
     *
     * @param common tags of every meter; required if several engines of a process share a registry
     * @param depthInterval the interval at which the contents of the queues are read; zero disables it
     */
    public static JobMeters of(MeterRegistry registry, Tags common, Duration depthInterval) {
        return new JobMeters(
                Objects.requireNonNull(registry, "registry"),
                Objects.requireNonNull(common, "common"),
                Objects.requireNonNull(depthInterval, "depthInterval"));
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name)
                .description(description)
                .tags(common)
                .tags(tags)
                .register(registry);
    }

    @Override
    public void started(Supplier<EngineStatus> status, JobInspector inspector) {
        Set<String> queues = status.get().leased().keySet();
        queues.forEach(queue -> gauges.add(
                "headrace.jobs.leased",
                null,
                "Jobs leased by this engine and not yet settled, running or prefetched",
                Tags.of("queue", queue),
                () -> status.get().leased().getOrDefault(queue, 0)));
        gauges.add(
                "headrace.heartbeat.age",
                "seconds",
                "Time since the store last answered a heartbeat",
                Tags.empty(),
                () -> heartbeatAge(status));
        new PoolGauges(gauges, inspector).register();
        if (!depthInterval.isZero()) {
            depths.update(new DepthGauges(gauges, inspector, depthInterval, queues).start());
        }
    }

    private static double heartbeatAge(Supplier<EngineStatus> status) {
        Duration age = status.get().sinceHeartbeat();
        return age == null ? Double.NaN : age.toMillis() / 1_000.0;
    }

    @Override
    public void stopped() {
        depths.dispose();
        gauges.removeAll();
    }

    @Override
    public void enqueued(String queue, String kind, boolean created) {
        kinds.of(queue, kind).enqueued(created);
    }

    @Override
    public void began(String queue, String kind, long waitedNanos) {
        kinds.of(queue, kind).began(waitedNanos);
    }

    @Override
    public void ended(String queue, String kind, AttemptEnd end, long ranNanos) {
        kinds.of(queue, kind).ended(end, ranNanos);
    }

    @Override
    public void called(String queue, String kind, int jobs, long ranNanos) {
        kinds.of(queue, kind).called(jobs, ranNanos);
    }

    @Override
    public void stepped(String queue, String kind, StepEnd end, long ranNanos) {
        kinds.of(queue, kind).stepped(end, ranNanos);
    }

    @Override
    public void settled(String queue, String kind, AttemptEnd end) {
        kinds.of(queue, kind).settled(end);
    }

    @Override
    public void awaited(JobState state, long waitedNanos) {
        awaits.awaited(state, waitedNanos);
    }

    @Override
    public void fired(String kind, FireCause cause, FireOutcome outcome, Duration lag) {
        schedules.fired(kind, cause, outcome, lag);
    }

    @Override
    public void missed(String kind, long instants) {
        schedules.missed(kind, instants);
    }

    @Override
    public void answered(StoreCall call, long jobs, Duration took) {
        calls.answered(call, jobs, took);
    }

    @Override
    public void failed(StoreCall call, Throwable error, Duration took) {
        calls.failed(call, took);
    }

    @Override
    public void leasesLost(int leases) {
        leasesLost.increment(leases);
    }

    @Override
    public void swept(SweepReport report) {
        sweptWorkers.increment((double) report.workers());
        sweptReturned.increment((double) report.returned());
        sweptBuried.increment((double) report.buried());
    }

    @Override
    public void pruned(long tombstones, long completed) {
        prunedTombstones.increment((double) tombstones);
        prunedCompleted.increment((double) completed);
    }
}
