package io.headrace.engine;

import io.headrace.JobOperator;
import io.headrace.engine.client.OperatorDesk;
import io.headrace.engine.observed.ObservedStore;
import io.headrace.engine.observed.Observers;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Settings of an operator without an engine. */
final class OperatorBuilder implements JobOperator.Builder {

    private final JobStore store;
    private final List<JobObserver> observers = new ArrayList<>();

    OperatorBuilder(JobStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    @Override
    public OperatorBuilder observer(JobObserver observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    @Override
    public JobOperator build() {
        return new OperatorDesk(ObservedStore.of(store, Observers.of(observers)), () -> {});
    }
}
