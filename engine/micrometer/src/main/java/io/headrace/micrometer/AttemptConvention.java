package io.headrace.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and key values of what is observed of an attempt; {@link DefaultAttemptConvention} unless replaced. */
public interface AttemptConvention extends ObservationConvention<AttemptContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof AttemptContext;
    }
}
