package io.headrace.micrometer;

import io.headrace.Job;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the log says of a job while its handler runs: {@code headrace.job}, {@code headrace.kind}, {@code headrace.queue} and
 * {@code headrace.attempt} in the MDC. The context-propagation library finds it by itself and carries it from thread to thread.
 */
public final class JobMdc implements ThreadLocalAccessor<Map<String, String>> {

    /** Under which key the Reactor context has it. */
    public static final String KEY = "headrace.mdc";

    private static final ThreadLocal<@Nullable Map<String, String>> CURRENT = new ThreadLocal<>();

    static Map<String, String> of(Job<?> job) {
        return Map.of(
                "headrace.job", job.id().toString(),
                "headrace.kind", job.kind(),
                "headrace.queue", job.queue(),
                "headrace.attempt", Integer.toString(job.attempt()));
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
