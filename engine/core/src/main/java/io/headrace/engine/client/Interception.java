package io.headrace.engine.client;

import io.headrace.Enqueued;
import io.headrace.NewJob;
import io.headrace.observe.JobInterceptor;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Puts interceptors around what enqueues. */
final class Interception {

    private Interception() {}

    /** @param interceptors the first is outermost */
    static Mono<List<Enqueued>> around(
            List<JobInterceptor> interceptors,
            List<? extends NewJob<?>> jobs,
            Function<List<? extends NewJob<?>>, Mono<List<Enqueued>>> enqueue) {
        if (interceptors.isEmpty()) {
            return enqueue.apply(jobs);
        }
        List<JobInterceptor> inner = interceptors.subList(1, interceptors.size());
        return interceptors.get(0).enqueue(jobs, changed -> around(inner, changed, enqueue));
    }
}
