package io.headrace.engine.client;

import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import java.time.Duration;
import java.util.List;
import reactor.core.scheduler.Scheduler;

/**
 * What a client was built with, checked. Immutable. Of the interceptors the first is outermost; the length is in characters of
 * JSON.
 */
public record ClientSettings(
        int maxWaitingJobs,
        long maxWaitingLength,
        Duration maxKeyWait,
        Duration watchInterval,
        Scheduler scheduler,
        JobObserver observer,
        List<JobInterceptor> interceptors) {

    public ClientSettings {
        interceptors = List.copyOf(interceptors);
    }
}
