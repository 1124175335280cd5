package io.headrace.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** The names and key values of the observation of a step. The default is {@link DefaultStepConvention}. */
public interface StepConvention extends ObservationConvention<StepContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof StepContext;
    }
}
