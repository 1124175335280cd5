package io.headrace.benchmarks.goeson.worker;

import io.headrace.JobEngine;

/** What a worker process works on. */
public enum Duty {
    /** On jobs that others follow. */
    CHAINS;

    JobEngine.Builder on(JobEngine.Builder engine) {
        return switch (this) {
            case CHAINS -> Link.subscribe(engine);
        };
    }
}
