package io.headrace.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The names and key values of the observation of a call that enqueues. The default is {@link DefaultEnqueueConvention}.
 */
public interface EnqueueConvention extends ObservationConvention<EnqueueContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof EnqueueContext;
    }
}
