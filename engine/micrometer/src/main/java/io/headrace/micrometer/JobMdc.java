package io.headrace.micrometer;

import io.headrace.Job;
import io.headrace.JobBatch;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The MDC entries of a job while its handler runs: {@code headrace.job}, {@code headrace.kind}, {@code headrace.queue}
 * and {@code headrace.attempt}. In a call of a batch handler, only the kind and the queue. The context-propagation library discovers this class and carries the entries from
 * thread to thread.
 */
public final class JobMdc implements ThreadLocalAccessor<Map<String, String>> {

    /** The key in the Reactor context. */
    public static final String KEY = "headrace.mdc";

    private static final ThreadLocal<@Nullable Map<String, String>> CURRENT = new ThreadLocal<>();

    static Map<String, String> of(Job<?> job) {
        return Map.of(
                "headrace.job", job.id().toString(),
                "headrace.kind", job.kind(),
                "headrace.queue", job.queue(),
                "headrace.attempt", Integer.toString(job.attempt()));
    }

    static Map<String, String> of(JobBatch<?> batch) {
        return Map.of("headrace.kind", batch.kind(), "headrace.queue", batch.queue());
    }

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable Map<String, String> getValue() {
        return CURRENT.get();
    }

    @Override
    public void setValue(Map<String, String> value) {
        setValue();
        CURRENT.set(value);
        value.forEach(MDC::put);
    }

    @Override
    public void setValue() {
        Map<String, String> before = CURRENT.get();
        CURRENT.remove();
        if (before != null) {
            before.keySet().forEach(MDC::remove);
        }
    }
}
