package io.headrace.engine.settle;

import io.headrace.Enqueued;
import io.headrace.JobOutcome;
import io.headrace.NewJob;
import io.headrace.observe.JobInterceptor;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Puts the interceptors of enqueues around the follow-ups of an outcome. They are enqueued later, with the outcome, so an
 * interceptor's publisher is cancelled once the jobs have passed through it. Thread-safe.
 */
public final class FollowUpInterception {

    private final List<JobInterceptor> interceptors;

    /** @param interceptors the first is outermost */
    public FollowUpInterception(List<JobInterceptor> interceptors) {
        this.interceptors = List.copyOf(interceptors);
    }

    /**
     * The outcome with its follow-ups as the interceptors changed them.
     *
     * @param context the context of the subscriber to whom the outcome is emitted
     * @throws RuntimeException what an interceptor threw or signalled
     */
    public JobOutcome around(JobOutcome outcome, ContextView context) {
        return interceptors.isEmpty()
                        || !(outcome instanceof JobOutcome.CompleteWith with)
                        || with.next().isEmpty()
                ? outcome
                : new JobOutcome.CompleteWith(with.result(), List.copyOf(changed(with.next(), context)));
    }

    private List<? extends NewJob<?>> changed(List<NewJob<?>> jobs, ContextView context) {
        AtomicReference<@Nullable List<? extends NewJob<?>>> passed = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        around(interceptors, jobs, all -> {
                    passed.set(all);
                    return Mono.never();
                })
                .contextWrite(context)
                .subscribe(unused -> {}, failed::set)
                .dispose();
        List<? extends NewJob<?>> changed = passed.get();
        if (changed == null || changed.size() != jobs.size()) {
            throw new IllegalStateException(
                    "An interceptor must pass on all follow-ups of an outcome, without waiting for anything",
                    failed.get());
        }
        return changed;
    }

    private static Mono<List<Enqueued>> around(
            List<JobInterceptor> interceptors,
            List<? extends NewJob<?>> jobs,
            Function<List<? extends NewJob<?>>, Mono<List<Enqueued>>> next) {
        if (interceptors.isEmpty()) {
            return next.apply(jobs);
        }
        List<JobInterceptor> inner = interceptors.subList(1, interceptors.size());
        return interceptors.get(0).enqueue(jobs, changed -> around(inner, changed, next));
    }
}
