package io.headrace.micrometer;

import io.headrace.Job;
import io.micrometer.common.KeyValues;

/**
 * {@code headrace.attempt}, a span {@code run KIND}. Low cardinality: {@code queue}, {@code kind} and {@code outcome}, see
 * {@link AttemptContext#outcome()}. High: {@code job.id} and {@code job.attempt}. Immutable; to be extended.
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
