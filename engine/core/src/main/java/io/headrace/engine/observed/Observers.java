package io.headrace.engine.observed;

import io.headrace.EngineStatus;
import io.headrace.JobState;
import io.headrace.engine.guard.ErrorText;
import io.headrace.observe.AttemptEnd;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StepEnd;
import io.headrace.observe.StoreCall;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.JobInspector;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every observer everything. What one throws is logged: it keeps neither the others nor the engine from going on. */
public final class Observers implements JobObserver {

    private static final Logger log = LoggerFactory.getLogger(Observers.class);

    private final List<JobObserver> all;

    private Observers(List<JobObserver> all) {
        this.all = List.copyOf(all);
    }

    public static JobObserver of(List<JobObserver> observers) {
        return observers.isEmpty() ? JobObserver.NONE : new Observers(observers);
    }

    private void tell(Consumer<JobObserver> what) {
        for (int i = 0; i < all.size(); i++) {
            JobObserver observer = all.get(i);
            try {
                what.accept(observer);
            } catch (Throwable e) {
                log.warn("The observer {} threw", observer.getClass().getName(), ErrorText.readable(e));
            }
        }
    }

    @Override
    public void started(Supplier<EngineStatus> status, JobInspector inspector) {
        tell(observer -> observer.started(status, inspector));
    }

    @Override
    public void stopped() {
        tell(JobObserver::stopped);
    }

    @Override
    public void enqueued(String queue, String kind, boolean created) {
        tell(observer -> observer.enqueued(queue, kind, created));
    }

    @Override
    public void began(String queue, String kind, long waitedNanos) {
        tell(observer -> observer.began(queue, kind, waitedNanos));
    }

    @Override
    public void ended(String queue, String kind, AttemptEnd end, long ranNanos) {
        tell(observer -> observer.ended(queue, kind, end, ranNanos));
    }

    @Override
    public void called(String queue, String kind, int jobs, long ranNanos) {
        tell(observer -> observer.called(queue, kind, jobs, ranNanos));
    }

    @Override
    public void stepped(String queue, String kind, StepEnd end, long ranNanos) {
        tell(observer -> observer.stepped(queue, kind, end, ranNanos));
    }

    @Override
    public void settled(String queue, String kind, AttemptEnd end) {
        tell(observer -> observer.settled(queue, kind, end));
    }

    @Override
    public void awaited(JobState state, long waitedNanos) {
        tell(observer -> observer.awaited(state, waitedNanos));
    }

    @Override
    public void fired(String kind, FireCause cause, FireOutcome outcome, Duration lag) {
        tell(observer -> observer.fired(kind, cause, outcome, lag));
    }

    @Override
    public void missed(String kind, long instants) {
        tell(observer -> observer.missed(kind, instants));
    }

    @Override
    public void answered(StoreCall call, long jobs, Duration took) {
        tell(observer -> observer.answered(call, jobs, took));
    }

    @Override
    public void failed(StoreCall call, Throwable error, Duration took) {
        tell(observer -> observer.failed(call, error, took));
    }

    @Override
    public void leasesLost(int leases) {
        tell(observer -> observer.leasesLost(leases));
    }

    @Override
    public void swept(SweepReport report) {
        tell(observer -> observer.swept(report));
    }

    @Override
    public void pruned(long tombstones, long completed) {
        tell(observer -> observer.pruned(tombstones, completed));
    }
}
