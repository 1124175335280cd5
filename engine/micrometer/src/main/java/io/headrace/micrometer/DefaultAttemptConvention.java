package io.headrace.micrometer;

import io.headrace.Job;
import io.micrometer.common.KeyValues;

/**
 * The observation {@code headrace.attempt}, with the span {@code run KIND}. Low cardinality: {@code queue},
 * {@code kind} and {@code outcome}, see {@link AttemptContext#outcome()}. High cardinality: {@code job.id} and
 * {@code job.attempt}. Immutable; may be extended.
 */
public class DefaultAttemptConvention implements AttemptConvention {

    @Override
    public String getName() {
        return "headrace.attempt";
    }

    @Override
    public String getContextualName(AttemptContext context) {
        return "run " + context.job().kind();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(AttemptContext context) {
        Job<?> job = context.job();
        return KeyValues.of("queue", job.queue(), "kind", job.kind(), "outcome", context.outcome());
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(AttemptContext context) {
        Job<?> job = context.job();
        return KeyValues.of("job.id", job.id().toString(), "job.attempt", Integer.toString(job.attempt()));
    }
}
