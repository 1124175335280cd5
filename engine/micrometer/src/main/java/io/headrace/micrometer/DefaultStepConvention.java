package io.headrace.micrometer;

import io.headrace.observe.StepCall;
import io.micrometer.common.KeyValues;

/**
 * The observation {@code headrace.step}, with the span {@code step NAME}. Low cardinality: {@code queue} and {@code kind}. High
 * cardinality: {@code step}, {@code job.id} and {@code attempt}. Immutable; may be extended.
 */
public class DefaultStepConvention implements StepConvention {

    @Override
    public String getName() {
        return "headrace.step";
    }

    @Override
    public String getContextualName(StepContext context) {
        return "step " + context.step().name();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(StepContext context) {
        return KeyValues.of(
                "queue", context.step().queue(), "kind", context.step().kind());
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(StepContext context) {
        StepCall step = context.step();
        return KeyValues.of(
                "step", step.name(), "job.id", step.job().toString(), "attempt", Integer.toString(step.attempt()));
    }
}
