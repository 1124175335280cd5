package io.headrace.micrometer;

import io.headrace.Enqueued;
import io.headrace.Job;
import io.headrace.JobBatch;
import io.headrace.NewJob;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.StepCall;
import io.headrace.signal.SignalAnswer;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Observes each call that enqueues, each attempt, each call of a batch handler, and the work of each step:
 * {@code JobEngine.builder(store).interceptor(JobObservations.of(registry))}. Thread-safe.
 *
 * <p>The observation of an enqueue is a child of the caller's observation, which is taken from the Reactor context, or
 * else from the thread. If there is a tracer, its span travels in the job headers, and the span of an attempt is its
 * child, in whichever process it runs. The observation of an attempt is in the Reactor context of the handler's
 * publisher and in the thread-locals of the handler's call and subscription, and so are the entries of {@link JobMdc}.
 * Operators restore both on other threads if {@code Hooks.enableAutomaticContextPropagation()} was called.
 *
 * <p>A call of a batch handler has one observation, however many jobs it has. {@link BatchTracing} links its span to the
 * enqueue of each job.
 *
 * <p>A signal that is sent has an observation, whose span is stored with the signal, and so has a handler that reads it:
 * {@link SignalTracing} links the two.
 *
 * <p>Deliveries ({@code engine.receive}) are not observed.
 */
public final class JobObservations implements JobInterceptor {

    private static final EnqueueConvention DEFAULT_ENQUEUE = new DefaultEnqueueConvention();
    private static final AttemptConvention DEFAULT_ATTEMPT = new DefaultAttemptConvention();
    private static final BatchConvention DEFAULT_BATCH = new DefaultBatchConvention();
    private static final StepConvention DEFAULT_STEP = new DefaultStepConvention();
    private static final ContextSnapshotFactory SNAPSHOTS =
            ContextSnapshotFactory.builder().build();

    private final ObservationRegistry registry;
    private final @Nullable EnqueueConvention enqueueConvention;
    private final @Nullable AttemptConvention attemptConvention;
    private final @Nullable BatchConvention batchConvention;
    private final @Nullable StepConvention stepConvention;

    private JobObservations(
            ObservationRegistry registry,
            @Nullable EnqueueConvention enqueueConvention,
            @Nullable AttemptConvention attemptConvention,
            @Nullable BatchConvention batchConvention,
            @Nullable StepConvention stepConvention) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.enqueueConvention = enqueueConvention;
        this.attemptConvention = attemptConvention;
        this.batchConvention = batchConvention;
        this.stepConvention = stepConvention;
    }

    /** Creates observations with the default conventions, or with those that are registered as global. */
    public static JobObservations of(ObservationRegistry registry) {
        return new JobObservations(registry, null, null, null, null);
    }

    /**
     * Creates observations with the given conventions.
     *
     * @param enqueue {@code null} for the default
     * @param attempt {@code null} for the default
     * @param batch {@code null} for the default
     * @param step {@code null} for the default
     */
    public static JobObservations of(
            ObservationRegistry registry,
            @Nullable EnqueueConvention enqueue,
            @Nullable AttemptConvention attempt,
            @Nullable BatchConvention batch,
            @Nullable StepConvention step) {
        return new JobObservations(registry, enqueue, attempt, batch, step);
    }

    @Override
    public Mono<List<Enqueued>> enqueue(
            List<? extends NewJob<?>> jobs, Function<List<? extends NewJob<?>>, Mono<List<Enqueued>>> next) {
        if (registry.isNoop()) {
            return next.apply(jobs);
        }
        return Mono.deferContextual(caller -> {
            EnqueueContext about = new EnqueueContext(jobs);
            Observation observation = started(
                    Observation.createNotStarted(enqueueConvention, DEFAULT_ENQUEUE, () -> about, registry), caller);
            AtomicBoolean stopped = new AtomicBoolean();
            return Mono.defer(() -> next.apply(about.jobsWithHeaders()))
                    .doOnError(observation::error)
                    .doOnTerminate(() -> stop(observation, stopped))
                    .doOnCancel(() -> stop(observation, stopped))
                    .contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    @Override
    public Mono<SignalAnswer> signal(String key, Function<Map<String, String>, Mono<SignalAnswer>> next) {
        if (registry.isNoop()) {
            return next.apply(Map.of());
        }
        return Mono.deferContextual(caller -> {
            SignalContext about = new SignalContext(key);
            Observation observation =
                    ofSignal("headrace.signal", "signal", key, about, caller).start();
            AtomicBoolean stopped = new AtomicBoolean();
            return Mono.defer(() -> next.apply(about.headers()))
                    .doOnError(observation::error)
                    .doOnTerminate(() -> stop(observation, stopped))
                    .doOnCancel(() -> stop(observation, stopped))
                    .contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    /** A span of its own, since a link can be added only when a span begins. */
    @Override
    public Mono<Void> signalRead(String key, Map<String, String> headers) {
        if (registry.isNoop()) {
            return Mono.empty();
        }
        return Mono.deferContextual(caller -> {
            SignalReadContext about = new SignalReadContext(key, headers);
            ofSignal("headrace.signal.read", "read signal", key, about, caller)
                    .start()
                    .stop();
            return Mono.empty();
        });
    }

    private Observation ofSignal(
            String name, String contextualName, String key, Observation.Context about, ContextView caller) {
        Observation observation = Observation.createNotStarted(name, () -> about, registry)
                .contextualName(contextualName)
                .highCardinalityKeyValue("signal.key", key);
        Observation parent = caller.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        return parent == null ? observation : observation.parentObservation(parent);
    }

    @Override
    public <T> Publisher<?> run(Job<T> job, Function<? super Job<T>, ? extends Publisher<?>> handler) {
        if (registry.isNoop()) {
            return handler.apply(job);
        }
        AttemptContext about = new AttemptContext(job);
        Observation observation =
                Observation.createNotStarted(attemptConvention, DEFAULT_ATTEMPT, () -> about, registry);
        return observe(observation, about.result(), JobMdc.of(job), () -> handler.apply(job));
    }

    @Override
    public <T> Publisher<?> runBatch(JobBatch<T> batch, Function<? super JobBatch<T>, ? extends Publisher<?>> handler) {
        if (registry.isNoop()) {
            return handler.apply(batch);
        }
        BatchContext about = new BatchContext(batch);
        Observation observation = Observation.createNotStarted(batchConvention, DEFAULT_BATCH, () -> about, registry);
        return observe(observation, about.result(), JobMdc.of(batch), () -> handler.apply(batch));
    }

    /** A child of the observation of its attempt, which is taken from the Reactor context, or else from the thread. */
    @Override
    public <T> Mono<T> step(StepCall step, Mono<T> work) {
        if (registry.isNoop()) {
            return work;
        }
        return Mono.deferContextual(attempt -> {
            StepContext about = new StepContext(step);
            Observation observation =
                    started(Observation.createNotStarted(stepConvention, DEFAULT_STEP, () -> about, registry), attempt);
            AtomicBoolean stopped = new AtomicBoolean();
            return work.doOnError(observation::error)
                    .doOnTerminate(() -> stop(observation, stopped))
                    .doOnCancel(() -> stop(observation, stopped))
                    .contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private static Observation started(Observation observation, ContextView around) {
        Observation parent = around.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        return (parent == null ? observation : observation.parentObservation(parent)).start();
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private static Publisher<?> observe(
            Observation observation,
            CallResult result,
            Map<String, String> mdc,
            Supplier<? extends Publisher<?>> handler) {
        observation.start();
        Context context = Context.of(ObservationThreadLocalAccessor.KEY, observation, JobMdc.KEY, mdc);
        ContextSnapshot snapshot = SNAPSHOTS.captureFrom(context);
        Publisher<?> answer;
        try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
            answer = handler.get();
        } catch (Throwable e) {
            result.threw();
            observation.error(e);
            observation.stop();
            throw e;
        }
        if (answer == null) {
            result.threw();
            observation.stop();
            return answer;
        }
        Flux<?> observed = observed(answer, result, observation).contextWrite(context);
        return (Publisher<Object>) subscriber -> {
            try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                observed.subscribe(subscriber);
            }
        };
    }

    private static Flux<?> observed(Publisher<?> answer, CallResult result, Observation observation) {
        AtomicBoolean stopped = new AtomicBoolean();
        return Flux.from(answer)
                .doOnNext(result::emitted)
                .doOnComplete(() -> {
                    result.completed();
                    stop(observation, stopped);
                })
                .doOnError(error -> {
                    result.threw();
                    observation.error(error);
                    stop(observation, stopped);
                })
                .doOnCancel(() -> {
                    result.brokenOff();
                    stop(observation, stopped);
                });
    }

    private static void stop(Observation observation, AtomicBoolean stopped) {
        if (stopped.compareAndSet(false, true)) {
            observation.stop();
        }
    }
}
