package io.headrace.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and key values of what is observed of a call that enqueues; {@link DefaultEnqueueConvention} unless replaced. */
public interface EnqueueConvention extends ObservationConvention<EnqueueContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof EnqueueContext;
    }
}
