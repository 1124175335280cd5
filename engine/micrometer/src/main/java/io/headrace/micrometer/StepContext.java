package io.headrace.micrometer;

import io.headrace.observe.StepCall;
import io.micrometer.observation.Observation;

/** The observation context of a step whose work runs. */
public final class StepContext extends Observation.Context {

    private final StepCall step;

    StepContext(StepCall step) {
        this.step = step;
    }

    /** The step. */
    public StepCall step() {
        return step;
    }
}
