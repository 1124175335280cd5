package io.headrace.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import java.util.Objects;

/**
 * Creates the span of a call of a batch handler: the root of a trace of its own, with a link to the span of the enqueue of
 * each job. The links are taken from the header {@code traceparent} of W3C propagation. Jobs that were enqueued by one call
 * share a link. Without this handler, the span has no links. Thread-safe.
 *
 * <p>Register it before other tracing handlers. The starter does so if there is a {@link Tracer}. Requires
 * {@code micrometer-tracing}.
 */
public final class BatchTracing implements TracingObservationHandler<BatchContext> {

    private final Tracer tracer;

    public BatchTracing(Tracer tracer) {
        this.tracer = Objects.requireNonNull(tracer, "tracer");
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof BatchContext;
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }

    @Override
    public void onStart(BatchContext context) {
        Span.Builder span = tracer.spanBuilder().setNoParent().kind(Span.Kind.CONSUMER);
        context.batch().jobs().stream()
                .map(job -> TraceLink.traceParent(job.headers()))
                .filter(Objects::nonNull)
                .distinct()
                .forEach(parent -> TraceLink.add(parent, span, tracer));
        getTracingContext(context).setSpan(span.start());
    }

    @Override
    public void onStop(BatchContext context) {
        Span span = getRequiredSpan(context);
        span.name(getSpanName(context));
        tagSpan(context, span);
        endSpan(context, span);
    }
}
