package io.headrace.engine.observed;

import io.headrace.engine.guard.GuardedCall;
import io.headrace.observe.StoreCall;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.NewWorker;
import io.headrace.spi.SweepReport;
import io.headrace.spi.WorkerRegistry;
import java.util.Set;
import reactor.core.publisher.Mono;

/** A registry of which an observer is told. */
record ObservedWorkers(WorkerRegistry workers, ObservedCalls calls) implements WorkerRegistry {

    @Override
    public Mono<Long> register(NewWorker worker) {
        return GuardedCall.of(() -> workers.register(worker));
    }

    @Override
    public Mono<HeartbeatReply> heartbeat(HeartbeatRequest request) {
        return calls.watched(
                StoreCall.HEARTBEAT,
                () -> workers.heartbeat(request),
                reply -> reply.cancelled().size());
    }

    @Override
    public Mono<Void> unregister(long worker) {
        return GuardedCall.of(() -> workers.unregister(worker));
    }

    @Override
    public Mono<Void> markIdle(long worker, Set<String> queues) {
        return GuardedCall.of(() -> workers.markIdle(worker, queues));
    }

    @Override
    public Mono<SweepReport> sweep(long worker) {
        return calls.told(StoreCall.SWEEP, () -> workers.sweep(worker), report -> report.returned() + report.buried())
                .doOnNext(report -> {
                    if (!report.isIdle()) {
                        calls.observer().swept(report);
                    }
                });
    }
}
