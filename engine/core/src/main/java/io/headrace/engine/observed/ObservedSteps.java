package io.headrace.engine.observed;

import io.headrace.engine.guard.GuardedCall;
import io.headrace.observe.StoreCall;
import io.headrace.spi.JobSteps;
import io.headrace.spi.NewCursor;
import io.headrace.spi.NewStep;
import io.headrace.spi.StepStore;
import java.util.List;
import reactor.core.publisher.Mono;

/** Steps of which an observer is told. */
record ObservedSteps(StepStore steps, ObservedCalls calls) implements StepStore {

    @Override
    public Mono<List<NewStep>> record(long worker, List<NewStep> ran) {
        return calls.told(StoreCall.STEPS, () -> steps.record(worker, ran), late -> ran.size());
    }

    @Override
    public Mono<List<NewCursor>> move(long worker, List<NewCursor> cursors) {
        return calls.told(StoreCall.STEPS, () -> steps.move(worker, cursors), late -> cursors.size());
    }

    @Override
    public Mono<List<JobSteps>> read(List<Long> jobs) {
        return calls.told(StoreCall.STEPS_READ, () -> steps.read(jobs), List::size);
    }

    @Override
    public Mono<List<Boolean>> areOpen(List<String> transactions) {
        return GuardedCall.of(() -> steps.areOpen(transactions));
    }
}
