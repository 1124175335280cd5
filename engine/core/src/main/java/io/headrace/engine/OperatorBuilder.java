package io.headrace.engine;

import io.headrace.JobClient;
import io.headrace.JobConstraints;
import io.headrace.JobOperator;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransform;
import io.headrace.engine.bulk.BulkRunner;
import io.headrace.engine.client.ClientSettings;
import io.headrace.engine.client.JobCanceller;
import io.headrace.engine.client.JobEncoder;
import io.headrace.engine.monitor.LiveFeed;
import io.headrace.engine.observed.ObservedStore;
import io.headrace.engine.operate.Desk;
import io.headrace.engine.operate.DeskTools;
import io.headrace.engine.schedule.ScheduleHost;
import io.headrace.engine.schedule.Schedules;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import java.util.Objects;
import reactor.core.scheduler.Schedulers;

/** Settings of an operator without an engine. */
final class OperatorBuilder implements JobOperator.Builder {

    private final JobStore store;
    private ClientBuilder client;
    private String name = "java";

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
    public OperatorBuilder transform(PayloadTransform transform) {
        client = client.transform(transform);
        return this;
    }

    @Override
    public OperatorBuilder observer(JobObserver observer) {
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
        ClientSettings settings = client.settings(Schedulers.parallel());
        JobEncoder encoder = client.encoder(null);
        JobStore observed = ObservedStore.of(store, settings.observer());
        JobCanceller canceller = new JobCanceller(observed.decisions(), () -> {});
        ScheduleHost host = new ScheduleHost(
                () -> 0,
                queue -> {},
                canceller::cancel,
                settings.observer(),
                Schedulers.parallel(),
                Schedulers.parallel());
        JobClient enqueuer = client.of(observed, settings, canceller);
        DeskTools tools = new DeskTools(
                observed,
                new LiveFeed(observed, Schedulers.parallel()),
                Schedules.operator(observed.schedules(), encoder, host),
                new BulkRunner(observed.bulk(), Schedulers.parallel()),
                canceller::cancel,
                enqueuer::enqueue,
                enqueuer::signal,
                Schedulers.parallel());
        return new Desk(tools, name);
    }
}
