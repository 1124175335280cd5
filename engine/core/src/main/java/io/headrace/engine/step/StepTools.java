package io.headrace.engine.step;

import io.headrace.engine.value.StoredValues;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import java.util.List;
import reactor.core.scheduler.Scheduler;

/**
 * What steps need of their engine.
 *
 * @param handlers where work is subscribed to, and what is recorded is emitted, unless that happens on the caller's thread
 * @param clock tells how long work took
 * @param interceptors of the engine; the first is outermost
 */
public record StepTools(
        StoredValues values,
        Scheduler handlers,
        Scheduler clock,
        JobObserver observer,
        List<JobInterceptor> interceptors) {

    public StepTools {
        interceptors = List.copyOf(interceptors);
    }
}
