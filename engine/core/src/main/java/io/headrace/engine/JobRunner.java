package io.headrace.engine;

import io.headrace.AttemptTimeoutException;
import io.headrace.HandlerContractException;
import io.headrace.Job;
import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Verdict;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/** Runs handlers, one attempt a job, and passes on what became of it. An attempt never errors: errors are outcomes. */
final class JobRunner {

    private final Map<String, JobHandler<?>> handlers;
    private final JobDecoder decoder;
    private final JobSettler settler;
    private final Scheduler scheduler;
    private final Scheduler blockingScheduler;

    JobRunner(
            HandlerTable handlers,
            JobDecoder decoder,
            JobSettler settler,
            Scheduler scheduler,
            Scheduler blockingScheduler) {
        this.handlers = handlers.byKind();
        this.decoder = decoder;
        this.settler = settler;
        this.scheduler = scheduler;
        this.blockingScheduler = blockingScheduler;
    }

    /** Completes when the attempt has ended and its outcome is on its way. */
    Mono<Void> run(LeasedJob leased) {
        return Mono.defer(() -> {
            JobHandler<?> handler =
                    Objects.requireNonNull(handlers.get(leased.job().kind()));
            Attempt attempt = new Attempt(leased.job().id());
            leased.lease().begin(attempt);
            return attempt(leased, handler)
                    .takeUntilOther(attempt.broken())
                    .doOnNext(verdict -> settler.settle(
                            leased, verdict, handler.retry().backoff().jitter(), null))
                    .switchIfEmpty(Mono.fromRunnable(() -> brokenOff(leased, attempt)))
                    .doFinally(signal -> leased.lease().end(attempt))
                    .then();
        });
    }

    private <T> Mono<Verdict> attempt(LeasedJob leased, JobHandler<T> handler) {
        ClaimedJob job = leased.job();
        return Mono.defer(() -> invoke(leased, handler))
                .subscribeOn(handler.isBlocking() ? blockingScheduler : scheduler)
                .timeout(handler.timeout(), timedOut(handler), scheduler)
                .map(outcome -> Verdicts.of(outcome, job, handler.retry()))
                .onErrorResume(error -> Mono.just(Verdicts.of(error, job, handler.retry())));
    }

    private <T> Mono<JobOutcome> invoke(LeasedJob leased, JobHandler<T> handler) {
        Function<? super Job<T>, ? extends Publisher<?>> function = handler.function();
        Publisher<?> result;
        try {
            result = function.apply(decoder.decode(
                    leased.job(), handler.type(), leased.claimer().queue(), handler.retry()));
        } catch (VirtualMachineError | LinkageError e) {
            return Mono.error(new IllegalStateException("the handler threw " + e, e));
        }
        if (result == null) {
            return Mono.error(new HandlerContractException(
                    handler.type().kind(), "returned null: return an empty Mono when there is nothing to wait for"));
        }
        return Flux.from(guarded(result))
                .ofType(JobOutcome.class)
                .takeLast(1)
                .next()
                .defaultIfEmpty(JobOutcome.complete());
    }

    /** Errors that Reactor throws through a pipeline, rather than signal them, are one job's failure here. */
    private static <R> Publisher<R> guarded(Publisher<R> result) {
        return subscriber -> {
            try {
                result.subscribe(subscriber);
            } catch (VirtualMachineError | LinkageError e) {
                Operators.reportThrowInSubscribe(
                        Operators.toCoreSubscriber(subscriber), new IllegalStateException("the handler threw " + e, e));
            }
        };
    }

    private static Mono<JobOutcome> timedOut(JobHandler<?> handler) {
        return Mono.error(() -> new AttemptTimeoutException(handler.type().kind(), handler.timeout()));
    }

    private void brokenOff(LeasedJob leased, Attempt attempt) {
        Verdict verdict = attempt.instead();
        if (verdict == null) {
            settler.forget(leased);
        } else {
            settler.settle(leased, verdict);
        }
    }
}
