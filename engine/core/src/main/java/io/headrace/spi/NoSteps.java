package io.headrace.spi;

import java.util.List;
import reactor.core.publisher.Mono;

/** The steps of a store that records none. */
final class NoSteps implements StepStore {

    static final StepStore INSTANCE = new NoSteps();

    private NoSteps() {}

    @Override
    public Mono<List<NewStep>> record(long worker, List<NewStep> steps) {
        return refused();
    }

    @Override
    public Mono<List<NewCursor>> move(long worker, List<NewCursor> cursors) {
        return refused();
    }

    @Override
    public Mono<List<JobSteps>> read(List<Long> jobs) {
        return Mono.fromSupplier(() -> jobs.stream().map(JobSteps::none).toList());
    }

    @Override
    public Mono<List<Boolean>> areOpen(List<String> transactions) {
        return refused();
    }

    private static <T> Mono<T> refused() {
        return Mono.error(() -> new UnsupportedOperationException("This store records no steps"));
    }
}
