package io.headrace.engine;

import io.headrace.JobConstraints;
import io.headrace.JobOperator;
import io.headrace.PayloadCodec;
import io.headrace.engine.bulk.BulkRunner;
import io.headrace.engine.client.JobCanceller;
import io.headrace.engine.monitor.LiveFeed;
import io.headrace.engine.observed.ObservedStore;
import io.headrace.engine.observed.Observers;
import io.headrace.engine.operate.Desk;
import io.headrace.engine.operate.DeskTools;
import io.headrace.engine.schedule.ScheduleHost;
import io.headrace.engine.schedule.Schedules;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import reactor.core.scheduler.Schedulers;

/** Settings of an operator without an engine. */
final class OperatorBuilder implements JobOperator.Builder {

    private final JobStore store;
    private ClientBuilder client;
    private String name = "java";
    private final List<JobObserver> observers = new ArrayList<>();

    OperatorBuilder(JobStore store) {
        this.store = Objects.requireNonNull(store, "store");
        this.client = new ClientBuilder(store);
    }

    @Override
    public OperatorBuilder codec(PayloadCodec codec) {
        client = client.codec(codec);
        return this;
    }

    @Override
    public OperatorBuilder observer(JobObserver observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        client = client.observer(observer);
        return this;
    }

    @Override
    public OperatorBuilder name(String text) {
        name = JobConstraints.name("name", text);
        return this;
    }

    @Override
    public JobOperator build() {
        JobObserver observer = Observers.of(observers);
        JobStore observed = ObservedStore.of(store, observer);
        JobCanceller canceller = new JobCanceller(observed.decisions(), () -> {});
        ScheduleHost host = new ScheduleHost(
                () -> 0, queue -> {}, canceller::cancel, observer, Schedulers.parallel(), Schedulers.parallel());
        DeskTools tools = new DeskTools(
                observed,
                new LiveFeed(observed, Schedulers.parallel()),
                Schedules.operator(observed.schedules(), client.encoder(null), host),
                new BulkRunner(observed.bulk(), Schedulers.parallel()),
                canceller::cancel,
                client.build()::enqueue,
                Schedulers.parallel());
        return new Desk(tools, name);
    }
}
