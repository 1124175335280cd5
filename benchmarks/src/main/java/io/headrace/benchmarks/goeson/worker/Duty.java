package io.headrace.benchmarks.goeson.worker;

import io.headrace.JobEngine;

/** What a worker process works on. */
public enum Duty {
    /** On jobs that others follow. */
    CHAINS,
    /** On jobs that insert a row. */
    ROWS,
    /** On jobs with steps. */
    STEPS,
    /** On jobs whose results somebody awaits. */
    ANSWERS;

    JobEngine.Builder on(JobEngine.Builder engine, Application application) {
        return switch (this) {
            case CHAINS -> Link.subscribe(engine);
            case ROWS -> Row.subscribe(engine, application);
            case STEPS -> Recorded.subscribe(engine, application);
            case ANSWERS -> Question.subscribe(engine);
        };
    }
}
