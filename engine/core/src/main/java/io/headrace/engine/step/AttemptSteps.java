package io.headrace.engine.step;

import io.headrace.AttemptEndedException;
import io.headrace.InvalidJobException;
import io.headrace.InvalidStepException;
import io.headrace.JobConstraints;
import io.headrace.JobId;
import io.headrace.engine.complete.AttemptTransactions;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.value.StoredValues;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.StepCall;
import io.headrace.observe.StepEnd;
import io.headrace.spi.JobTransaction;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The steps of one attempt, and its cursor. Thread-safe. */
public final class AttemptSteps {

    private final LeasedJob job;
    private final BooleanSupplier over;
    private final Stepper stepper;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Mono<KnownSteps>> known = new AtomicReference<>();
    private volatile @Nullable StepsIn inTransactions;

    AttemptSteps(LeasedJob job, BooleanSupplier over, Stepper stepper) {
        this.job = job;
        this.over = over;
        this.stepper = stepper;
    }

    /** As {@link io.headrace.Job#step(String, Type, Supplier)} says. */
    public <T> Mono<T> step(String name, Type type, Supplier<? extends Mono<? extends T>> work) {
        return step(name, type, work, stepper.tools().handlers());
    }

    private <T> Mono<T> step(String name, Type type, Supplier<? extends Mono<? extends T>> work, Scheduler answersOn) {
        return Mono.defer(() -> {
            begin(name);
            return known(answersOn)
                    .flatMap(steps -> {
                        StepRun.Recorder record = (value, took) -> record(name, value, took, steps, answersOn);
                        return afterEarlier(name, steps, answersOn, () -> runOrReplay(name, type, work, steps, record));
                    })
                    // It may be tried again.
                    .doOnError(error -> names.remove(name))
                    .doOnCancel(() -> names.remove(name));
        });
    }

    private Mono<Void> record(
            String name, @Nullable String value, Duration took, KnownSteps steps, Scheduler answersOn) {
        Recording recording = new Recording(job, steps, name, value, took);
        return Mono.defer(() -> {
                    steps.leaves(recording);
                    return stepper.record(recording);
                })
                .publishOn(answersOn);
    }

    /** As {@link io.headrace.Job#stepIn(JobTransaction, String, Type, Supplier)} says. */
    public <T> Mono<T> stepIn(
            AttemptTransactions transactions,
            JobTransaction given,
            String name,
            Type type,
            Supplier<? extends Mono<? extends T>> work) {
        return Mono.defer(() -> {
            requireName(name);
            if (!names.add(name)) {
                throw twice(name);
            }
            AtomicBoolean held = new AtomicBoolean(true);
            // Then it may be asked for again: its transaction may have been rolled back.
            Runnable ended = () -> {
                if (held.compareAndSet(true, false)) {
                    names.remove(name);
                }
            };
            return stepsIn(transactions)
                    .<T>step(given, name, type, work)
                    .doOnTerminate(ended)
                    .doOnCancel(ended);
        });
    }

    private synchronized StepsIn stepsIn(AttemptTransactions transactions) {
        StepsIn mine = inTransactions;
        if (mine == null) {
            mine = new StepsIn(this, transactions);
            inTransactions = mine;
        }
        return mine;
    }

    /** A step whose caller has not waited for its record is recorded all the same, so the next of its name waits for that. */
    <T> Mono<T> afterEarlier(String name, KnownSteps steps, Scheduler answersOn, Supplier<Mono<T>> next) {
        Recording unfinished = steps.onItsWay(name);
        return unfinished == null
                ? next.get()
                : unfinished.answer().publishOn(answersOn).then(Mono.defer(next));
    }

    <T> Mono<T> runOrReplay(
            String name,
            Type type,
            Supplier<? extends Mono<? extends T>> work,
            KnownSteps steps,
            StepRun.Recorder record) {
        KnownSteps.Value value = steps.value(name);
        if (value != null) {
            return replayed(name, type, value.json());
        }
        StepsIn others = inTransactions;
        return steps.size() + (others == null ? 0 : others.size()) < JobConstraints.MAX_STEPS
                ? new StepRun<T>(this, name, type, record).run(work)
                : Mono.error(new InvalidStepException(
                        name,
                        "is one too many: a job has at most " + JobConstraints.MAX_STEPS
                                + " steps. Keep the position of a long loop with cursor()"));
    }

    /** As {@link io.headrace.Job#blockingStep} says. */
    public <T> @Nullable T blockingStep(String name, Type type, Callable<? extends T> work) throws Exception {
        // What is known is then answered here and now, so the work runs on this thread. Nobody else's is needed.
        known(Schedulers.immediate()).block();
        try {
            return this.<T>step(name, type, () -> Mono.fromCallable(work), Schedulers.immediate())
                    .block();
        } catch (RuntimeException e) {
            throw Exceptions.unwrap(e) instanceof Exception cause ? cause : e;
        }
    }

    /** As {@link io.headrace.Job#cursor(Type)} says. */
    @SuppressWarnings("unchecked") // the caller says that the type is that of T
    public <T> Mono<T> cursor(Type type) {
        return known(stepper.tools().handlers()).flatMap(steps -> {
            String value = steps.cursor();
            return value == null ? Mono.empty() : Mono.just((T) values().readCursor(job, value, type));
        });
    }

    /** As {@link io.headrace.Job#cursor(Object)} says. */
    public Mono<Void> moveCursor(Object to) {
        return Mono.defer(() -> {
            String value = values().writeCursor(job, to);
            return known(stepper.tools().handlers()).flatMap(steps -> {
                requireRunning("the cursor");
                return stepper.move(new Moving(job, steps, value))
                        .publishOn(stepper.tools().handlers());
            });
        });
    }

    private void begin(String name) {
        requireName(name);
        requireRunning("step '" + name + "'");
        StepsIn others = inTransactions;
        if ((others != null && others.has(name)) || !names.add(name)) {
            throw twice(name);
        }
    }

    private static void requireName(String name) {
        try {
            var unused = JobConstraints.stepName(name);
        } catch (InvalidJobException e) {
            throw new InvalidStepException(shortened(name), "has no usable name: " + e.getMessage());
        }
    }

    private static InvalidStepException twice(String name) {
        return new InvalidStepException(
                name,
                "is there twice in one attempt. Give each step a name of its own, such as 'page 7' in a loop; to use"
                        + " what it returns more than once, add cache() to it");
    }

    private static String shortened(String name) {
        int most = JobConstraints.NAME_CHARACTERS;
        return name.length() <= most ? name : name.substring(0, most) + "…";
    }

    void requireRunning(String what) {
        if (over.getAsBoolean()) {
            throw new AttemptEndedException(new JobId(job.job().id()), what);
        }
    }

    /** What is recorded, read once. */
    Mono<KnownSteps> known(Scheduler answersOn) {
        return Mono.defer(() -> {
            Mono<KnownSteps> there = known.get();
            if (there != null) {
                return there;
            }
            Mono<KnownSteps> mine = stepper.read(job)
                    .publishOn(answersOn)
                    .map(KnownSteps::new)
                    .doOnError(error -> known.set(null))
                    .cache();
            Mono<KnownSteps> first = known.compareAndExchange(null, mine);
            return first == null ? mine : first;
        });
    }

    @SuppressWarnings("unchecked") // the caller says that the type is that of T
    private <T> Mono<T> replayed(String name, Type type, @Nullable String value) {
        Mono<T> replayed = value == null ? Mono.empty() : Mono.just((T) read(name, value, type));
        ended(StepEnd.REPLAYED, 0);
        return replayed;
    }

    /** Of the type, as the caller says. */
    Object read(String step, String stored, Type type) {
        return values().readStep(job, step, stored, type);
    }

    StoredValues values() {
        return stepper.tools().values();
    }

    Stepper stepper() {
        return stepper;
    }

    LeasedJob job() {
        return job;
    }

    long now() {
        return stepper.tools().clock().now(TimeUnit.NANOSECONDS);
    }

    void ended(StepEnd end, long ranNanos) {
        stepper.tools().observer().stepped(job.holder().queue(), job.job().kind(), end, ranNanos);
    }

    <T> Mono<T> intercepted(String name, Mono<T> work) {
        Mono<T> wrapped = work;
        var interceptors = stepper.tools().interceptors();
        if (!interceptors.isEmpty()) {
            StepCall call = new StepCall(
                    new JobId(job.job().id()),
                    job.job().kind(),
                    job.holder().queue(),
                    job.job().attempt(),
                    name);
            for (int i = interceptors.size() - 1; i >= 0; i--) {
                JobInterceptor interceptor = interceptors.get(i);
                wrapped = interceptor.step(call, wrapped);
            }
        }
        return wrapped;
    }
}
