package io.headrace.benchmarks.features;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.micrometer.JobMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** The client and the engine have the observer that Micrometer's meters need. */
record Meters() implements Feature {

    @Override
    public String name() {
        return "meters";
    }

    @Override
    public String what() {
        return "Micrometer's meters";
    }

    @Override
    public JobClient.Builder client(JobClient.Builder plain) {
        return plain.observer(JobMeters.of(new SimpleMeterRegistry()));
    }

    @Override
    public JobEngine.Builder engine(JobEngine.Builder plain) {
        return plain.observer(JobMeters.of(new SimpleMeterRegistry()));
    }
}
