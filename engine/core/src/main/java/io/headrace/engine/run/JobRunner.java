package io.headrace.engine.run;

import io.headrace.JobHandler;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.Verdicts;
import io.headrace.spi.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** Runs handlers, one attempt a job. Those that block have threads of their own; the others share the scheduler's. */
public final class JobRunner {

    private final Map<String, Station<?>> stations = new HashMap<>();
    private final EngineThreads threads;
    private volatile @Nullable Lanes lanes;
    private volatile @Nullable BusyThreads busy;
    private final AttemptTools tools;
    private final Scheduler blockingScheduler;

    /** A handler, and its attempts that are under way. */
    private record Station<T>(JobHandler<T> handler, Timeouts timeouts) {
        HandlerRun<T> run(LeasedJob leased, AttemptTools tools, Runnable freed) {
            return tools.clock().isObserved()
                    ? new ObservedRun<>(leased, handler, timeouts, tools, freed)
                    : new HandlerRun<>(leased, handler, timeouts, tools, freed);
        }
    }

    public JobRunner(HandlerTable handlers, AttemptTools tools, EngineThreads threads, Scheduler blockingScheduler) {
        this.threads = threads;
        this.tools = tools;
        this.blockingScheduler = blockingScheduler;
        handlers.byKind()
                .forEach((kind, handler) -> stations.put(
                        kind,
                        new Station<>(handler, new Timeouts(handler.timeout(), threads.upkeep(), tools.guard()))));
    }

    public void start() {
        Lanes all = Lanes.on(threads.handlers(), tools.guard());
        busy = new BusyThreads(all, threads.upkeep());
        lanes = all;
    }

    /** Begins an attempt. Never throws; {@code freed} is run when the attempt has ended and its outcome is on its way. */
    void run(LeasedJob leased, Runnable freed) {
        Station<?> station = Objects.requireNonNull(stations.get(leased.job().kind()));
        HandlerRun<?> run = null;
        try {
            run = station.run(leased, tools, freed);
            run.begin();
            if (station.handler().isBlocking()) {
                run.runsAs(blockingScheduler.schedule(run));
            } else {
                Objects.requireNonNull(lanes).execute(run);
                Objects.requireNonNull(busy).watch();
            }
        } catch (RejectedExecutionException e) {
            // The threads are gone, which is no job's fault, and would be the same for every other.
            Objects.requireNonNull(run).breakOff(Verdict.Released.INSTANCE);
            tools.guard().broke("running handlers", e);
        } catch (Throwable e) {
            if (run != null) {
                run.fail(e);
            } else {
                tools.settler()
                        .settle(leased, Verdicts.of(e, leased, station.handler().retry()));
                freed.run();
            }
        }
    }

    /** Nothing is begun any more. */
    public void stop() {
        Lanes all = lanes;
        BusyThreads watch = busy;
        if (all != null && watch != null) {
            watch.stop();
            all.close();
        }
        stations.values().forEach(station -> station.timeouts().close());
    }
}
