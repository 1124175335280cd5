package io.headrace.micrometer;

import io.headrace.NewJob;
import io.micrometer.common.KeyValues;
import java.util.List;
import java.util.function.Function;

/**
 * The observation {@code headrace.enqueue}, with the span {@code enqueue KIND}. Low cardinality: {@code queue} and
 * {@code kind}, {@code several} if the jobs of a call differ. High cardinality: {@code jobs}, the number of jobs.
 * Immutable; may be extended.
 */
public class DefaultEnqueueConvention implements EnqueueConvention {

    private static final String SEVERAL = "several";

    @Override
    public String getName() {
        return "headrace.enqueue";
    }

    @Override
    public String getContextualName(EnqueueContext context) {
        return "enqueue " + common(context, job -> job.type().kind());
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(EnqueueContext context) {
        return KeyValues.of(
                "queue", common(context, NewJob::queue),
                "kind", common(context, job -> job.type().kind()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(EnqueueContext context) {
        return KeyValues.of("jobs", Integer.toString(context.jobs().size()));
    }

    private static String common(EnqueueContext context, Function<NewJob<?>, String> property) {
        List<? extends NewJob<?>> jobs = context.jobs();
        String first = property.apply(jobs.get(0));
        return jobs.stream().allMatch(job -> property.apply(job).equals(first)) ? first : SEVERAL;
    }
}
