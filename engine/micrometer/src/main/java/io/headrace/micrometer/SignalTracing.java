package io.headrace.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import java.util.Objects;

/**
 * Creates the span of a handler that reads a signal: a child of the attempt, with a link to the span in which the signal was
 * sent. The link is taken from the header {@code traceparent} of W3C propagation. Without this handler, the span has no link.
 * Thread-safe.
 *
 * <p>Register it before other tracing handlers. The starter does so if there is a {@link Tracer}. Requires
 * {@code micrometer-tracing}.
 */
public final class SignalTracing implements TracingObservationHandler<SignalReadContext> {

    private final Tracer tracer;

    public SignalTracing(Tracer tracer) {
        this.tracer = Objects.requireNonNull(tracer, "tracer");
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof SignalReadContext;
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }

    @Override
    public void onStart(SignalReadContext context) {
        Span.Builder span = tracer.spanBuilder().kind(Span.Kind.CONSUMER);
        Span parent = getParentSpan(context);
        span = parent == null ? span.setNoParent() : span.setParent(parent.context());
        String traceParent = TraceLink.traceParent(context.headers());
        if (traceParent != null) {
            TraceLink.add(traceParent, span, tracer);
        }
        getTracingContext(context).setSpan(span.start());
    }

    @Override
    public void onStop(SignalReadContext context) {
        Span span = getRequiredSpan(context);
        span.name(getSpanName(context));
        tagSpan(context, span);
        endSpan(context, span);
    }
}
