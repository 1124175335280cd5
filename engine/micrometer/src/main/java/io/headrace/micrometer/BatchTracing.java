package io.headrace.micrometer;

import io.headrace.Job;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates the span of a call of a batch handler: the root of a trace of its own, with a link to the span of the enqueue of
 * each job. The links are taken from the header {@code traceparent} of W3C propagation. Jobs that were enqueued by one call
 * share a link. Without this handler, the span has no links. Thread-safe.
 *
 * <p>Register it before other tracing handlers. The starter does so if there is a {@link Tracer}. Requires
 * {@code micrometer-tracing}.
 */
public final class BatchTracing implements TracingObservationHandler<BatchContext> {

    private static final String HEADER = "traceparent";
    private static final Pattern TRACE_PARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final int HEXADECIMAL = 16;

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
                .map(BatchTracing::traceParent)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(parent -> link(parent, span));
        getTracingContext(context).setSpan(span.start());
    }

    private static @Nullable String traceParent(Job<?> job) {
        return job.headers().get(HEADER);
    }

    private void link(String traceParent, Span.Builder span) {
        Matcher parts = TRACE_PARENT.matcher(traceParent);
        if (parts.matches()) {
            TraceContext enqueue = tracer.traceContextBuilder()
                    .traceId(parts.group(1))
                    .spanId(parts.group(2))
                    .sampled((Integer.parseInt(parts.group(3), HEXADECIMAL) & 1) != 0)
                    .build();
            var unused = span.addLink(new Link(enqueue));
        }
    }

    @Override
    public void onStop(BatchContext context) {
        Span span = getRequiredSpan(context);
        span.name(getSpanName(context));
        tagSpan(context, span);
        endSpan(context, span);
    }
}
