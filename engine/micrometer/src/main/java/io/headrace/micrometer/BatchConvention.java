package io.headrace.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The names and key values of the observation of a call of a batch handler. The default is {@link DefaultBatchConvention}.
 */
public interface BatchConvention extends ObservationConvention<BatchContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof BatchContext;
    }
}
