package io.headrace.micrometer;

import io.headrace.NewJob;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The observation context of a call that enqueues. What a tracer writes into its carrier becomes headers of the jobs.
 */
public final class EnqueueContext extends SenderContext<Map<String, String>> {

    private final List<? extends NewJob<?>> jobs;

    EnqueueContext(List<? extends NewJob<?>> jobs) {
        super((carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value), Kind.PRODUCER);
        this.jobs = jobs;
        setCarrier(new LinkedHashMap<>());
    }

    /** The jobs as the caller created them; one or more. */
    public List<? extends NewJob<?>> jobs() {
        return jobs;
    }

    /** The jobs with the propagated headers. A header that the caller set is not replaced. */
    List<? extends NewJob<?>> jobsWithHeaders() {
        Map<String, String> carried = Objects.requireNonNull(getCarrier());
        return carried.isEmpty()
                ? jobs
                : jobs.stream().map(job -> with(carried, job)).toList();
    }

    private static NewJob<?> with(Map<String, String> carried, NewJob<?> job) {
        NewJob<?> more = job;
        for (Map.Entry<String, String> header : carried.entrySet()) {
            if (!job.headers().containsKey(header.getKey())) {
                more = more.header(header.getKey(), header.getValue());
            }
        }
        return more;
    }
}
