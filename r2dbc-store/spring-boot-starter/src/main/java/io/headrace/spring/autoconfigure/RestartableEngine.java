package io.headrace.spring.autoconfigure;

import io.headrace.Delivery;
import io.headrace.EngineStatus;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.QueueSettings;
import io.headrace.RetryPolicy;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The engine of an application that may be stopped and started again, as the applications of a test run are while another
 * one's tests run: an engine cannot, so another one is made that is built as the first was. Thread-safe.
 */
final class RestartableEngine implements JobEngine {

    private final Supplier<JobEngine> builder;
    private final Consumer<JobEngine> told;
    private volatile JobEngine engine;

    /** @param told is told of each engine */
    RestartableEngine(Supplier<JobEngine> builder, Consumer<JobEngine> told) {
        this.builder = builder;
        this.told = told;
        this.engine = builder.get();
        told.accept(engine);
    }

    @Override
    public Mono<Void> start() {
        return Mono.defer(() -> another().start());
    }

    private synchronized JobEngine another() {
        EngineStatus.State state = engine.status().state();
        if (state == EngineStatus.State.STOPPED || state == EngineStatus.State.FAILED) {
            engine = builder.get();
            told.accept(engine);
        }
        return engine;
    }

    @Override
    public Mono<Void> stop() {
        return Mono.defer(() -> engine.stop());
    }

    @Override
    public Mono<Void> stop(Duration grace) {
        return Mono.defer(() -> engine.stop(grace));
    }

    @Override
    public EngineStatus status() {
        return engine.status();
    }

    @Override
    public JobClient client() {
        return engine.client();
    }

    @Override
    public JobOperator operator() {
        return engine.operator();
    }

    @Override
    public <T> Flux<Delivery<T>> receive(JobType<T> type, QueueSettings settings, RetryPolicy policy) {
        return Flux.defer(() -> engine.receive(type, settings, policy));
    }
}
