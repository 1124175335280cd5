package io.headrace.micrometer;

import io.headrace.JobBatch;
import io.micrometer.common.KeyValues;

/**
 * The observation {@code headrace.batch}, with the span {@code run batch KIND}. Low cardinality: {@code queue}, {@code kind}
 * and {@code outcome}, see {@link BatchContext#outcome()}. High cardinality: {@code jobs}, the number of jobs, and
 * {@code job.id}, the first of them. Immutable; may be extended.
 */
public class DefaultBatchConvention implements BatchConvention {

    @Override
    public String getName() {
        return "headrace.batch";
    }

    @Override
    public String getContextualName(BatchContext context) {
        return "run batch " + context.batch().kind();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(BatchContext context) {
        JobBatch<?> batch = context.batch();
        return KeyValues.of("queue", batch.queue(), "kind", batch.kind(), "outcome", context.outcome());
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(BatchContext context) {
        JobBatch<?> batch = context.batch();
        return KeyValues.of(
                "jobs",
                Integer.toString(batch.size()),
                "job.id",
                batch.jobs().get(0).id().toString());
    }
}
