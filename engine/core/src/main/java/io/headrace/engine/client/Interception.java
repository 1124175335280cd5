package io.headrace.engine.client;

import io.headrace.Enqueued;
import io.headrace.NewJob;
import io.headrace.observe.JobInterceptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Puts interceptors around what enqueues. */
final class Interception {

    private Interception() {}

    /** The same with a copy of the jobs, each of them checked. */
    static Mono<List<Enqueued>> aroundAll(
            List<JobInterceptor> interceptors,
            Collection<? extends NewJob<?>> jobs,
            Function<List<? extends NewJob<?>>, Mono<List<Enqueued>>> enqueue) {
        List<NewJob<?>> all = new ArrayList<>(jobs.size());
        jobs.forEach(job -> all.add(Objects.requireNonNull(job, "job")));
        return around(interceptors, Collections.unmodifiableList(all), enqueue);
    }

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
