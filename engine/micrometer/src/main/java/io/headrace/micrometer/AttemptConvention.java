package io.headrace.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** The names and key values of the observation of an attempt. The default is {@link DefaultAttemptConvention}. */
public interface AttemptConvention extends ObservationConvention<AttemptContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof AttemptContext;
    }
}
