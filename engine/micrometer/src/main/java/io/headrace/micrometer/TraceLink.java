package io.headrace.micrometer;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A link to the span that the header {@code traceparent} of W3C propagation names. */
final class TraceLink {

    private static final String HEADER = "traceparent";
    private static final Pattern TRACE_PARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final int HEXADECIMAL = 16;

    private TraceLink() {}

    static @Nullable String traceParent(Map<String, String> headers) {
        return headers.get(HEADER);
    }

    /** Adds the link, unless the header is malformed. */
    static void add(String traceParent, Span.Builder span, Tracer tracer) {
        Matcher parts = TRACE_PARENT.matcher(traceParent);
        if (parts.matches()) {
            TraceContext other = tracer.traceContextBuilder()
                    .traceId(parts.group(1))
                    .spanId(parts.group(2))
                    .sampled((Integer.parseInt(parts.group(3), HEXADECIMAL) & 1) != 0)
                    .build();
            var unused = span.addLink(new Link(other));
        }
    }
}
