package io.headrace.engine.run;

import io.headrace.JobHandler;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.Verdicts;
import io.headrace.spi.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
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
    record Station<T>(JobHandler<T> handler, Timeouts timeouts) {
        BatchRun<T> call(AttemptTools tools, IntConsumer freed) {
            return new BatchRun<>(handler, timeouts, tools, freed);
        }

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
                execute(run);
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

    /**
     * Where the jobs of one queue wait for calls of batch handlers.
     *
     * @param freed told how many slots are free
     * @return {@code null} if there are no batch handlers
     */
    @Nullable
    Gathering gathering(IntConsumer freed, int slots) {
        Map<String, Station<?>> batching = new HashMap<>();
        stations.forEach((kind, station) -> {
            if (station.handler().batching() != null) {
                batching.put(kind, station);
            }
        });
        return batching.isEmpty() ? null : new Gathering(batching, this, freed, slots);
    }

    Gatherer gatherer(Station<?> station, IntConsumer freed) {
        return new Gatherer(
                Objects.requireNonNull(station.handler().batching()).settings(),
                threads.upkeep(),
                jobs -> call(station, jobs, freed));
    }

    BatchedJob batched(LeasedJob leased, Consumer<BatchedJob> left) {
        return new BatchedJob(leased, tools, left);
    }

    /** Begins a call of a batch handler. Never throws. */
    void call(Station<?> station, List<BatchedJob> jobs, IntConsumer freed) {
        BatchRun<?> run = station.call(tools, freed);
        try {
            if (!run.begin(jobs)) {
                return;
            }
            if (station.handler().isBlocking()) {
                run.runsAs(blockingScheduler.schedule(run));
            } else {
                execute(run);
            }
        } catch (RejectedExecutionException e) {
            run.handBack();
            tools.guard().broke("running batch handlers", e);
        } catch (Throwable e) {
            run.fail(e);
        }
    }

    private void execute(HandlerCall call) {
        Objects.requireNonNull(lanes).execute(call);
        Objects.requireNonNull(busy).watch();
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
