package io.headrace.spring;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** OpenTelemetry looks for its own parts in the class path once, on whichever thread first asks for the current span. */
public final class TracingStarts implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.opentelemetry.context.LazyStorage", "createStorage");
    }
}
