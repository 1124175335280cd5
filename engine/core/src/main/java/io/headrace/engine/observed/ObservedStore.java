package io.headrace.engine.observed;

import io.headrace.engine.guard.GuardedCall;
import io.headrace.observe.JobObserver;
import io.headrace.spi.BulkStore;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobIntake;
import io.headrace.spi.JobMonitor;
import io.headrace.spi.JobStore;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.OperatorLog;
import io.headrace.spi.ResultStore;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.SignalStore;
import io.headrace.spi.StepStore;
import io.headrace.spi.WakeUp;
import io.headrace.spi.WorkerRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A store whose calls {@linkplain GuardedCall signal} whatever goes wrong, and that tells an observer of each, what it brought
 * and how long it took. Reads for people and wake-ups are passed on as they are.
 */
public final class ObservedStore implements JobStore {

    private final JobStore store;
    private final JobIntake intake;
    private final LeaseStore leases;
    private final WorkerRegistry workers;
    private final JobDecisions decisions;
    private final ScheduleStore schedules;
    private final StepStore steps;
    private final SignalStore signals;
    private final ResultStore results;

    private ObservedStore(JobStore store, JobObserver observer, @Nullable Outage outage) {
        ObservedCalls calls = new ObservedCalls(observer, outage);
        this.store = store;
        this.intake = new ObservedIntake(store.intake(), calls);
        this.leases = new ObservedLeases(store.leases(), calls);
        this.workers = new ObservedWorkers(store.workers(), calls);
        this.decisions = new ObservedDecisions(store.decisions(), calls);
        this.schedules = new ObservedSchedules(store.schedules(), calls);
        this.steps = new ObservedSteps(store.steps(), calls);
        this.signals = new ObservedSignals(store.signals(), calls);
        this.results = new ObservedResults(store.results(), calls);
    }

    public static JobStore of(JobStore store, JobObserver observer) {
        return new ObservedStore(store, observer, null);
    }

    /**
     * The store of an engine.
     *
     * @param outage is told when calls fail and when they are answered again
     */
    public static JobStore of(JobStore store, JobObserver observer, Outage outage) {
        return new ObservedStore(store, observer, outage);
    }

    @Override
    public JobIntake intake() {
        return intake;
    }

    @Override
    public LeaseStore leases() {
        return leases;
    }

    @Override
    public WorkerRegistry workers() {
        return workers;
    }

    @Override
    public JobInspector inspector() {
        return store.inspector();
    }

    @Override
    public JobMonitor monitor() {
        return store.monitor();
    }

    @Override
    public JobDecisions decisions() {
        return decisions;
    }

    @Override
    public ScheduleStore schedules() {
        return schedules;
    }

    @Override
    public SignalStore signals() {
        return signals;
    }

    @Override
    public BulkStore bulk() {
        return store.bulk();
    }

    @Override
    public ResultStore results() {
        return results;
    }

    @Override
    public OperatorLog operatorLog() {
        return store.operatorLog();
    }

    @Override
    public StepStore steps() {
        return steps;
    }

    @Override
    public Flux<WakeUp> wakeUps() {
        return store.wakeUps();
    }
}
