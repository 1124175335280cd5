package io.headrace.engine.observed;

import io.headrace.observe.StoreCall;
import io.headrace.spi.AwaitRequest;
import io.headrace.spi.EndsRequest;
import io.headrace.spi.JobEnd;
import io.headrace.spi.ResultStore;
import java.util.List;
import reactor.core.publisher.Mono;

/** Results of which an observer is told. */
record ObservedResults(ResultStore results, ObservedCalls calls) implements ResultStore {

    @Override
    public Mono<List<JobEnd>> await(AwaitRequest request) {
        return calls.told(
                StoreCall.AWAIT,
                () -> results.await(request),
                ends -> request.jobs().size());
    }

    @Override
    public Mono<List<JobEnd>> ends(EndsRequest request) {
        return calls.told(StoreCall.ENDS, () -> results.ends(request), List::size);
    }
}
