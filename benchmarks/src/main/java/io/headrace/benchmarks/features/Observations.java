package io.headrace.benchmarks.features;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.micrometer.JobObservations;
import io.headrace.observe.JobInterceptor;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;

/** The client and the engine have the interceptor that Micrometer's observations need, with timers and no tracer. */
record Observations() implements Feature {

    @Override
    public String name() {
        return "observations";
    }

    @Override
    public String what() {
        return "an interceptor: Micrometer's observations, timed";
    }

    @Override
    public JobClient.Builder client(JobClient.Builder plain) {
        return plain.interceptor(interceptor());
    }

    @Override
    public JobEngine.Builder engine(JobEngine.Builder plain) {
        return plain.interceptor(interceptor());
    }

    private static JobInterceptor interceptor() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
        return JobObservations.of(registry);
    }
}
