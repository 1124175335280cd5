package io.headrace.engine.step;

import io.headrace.JobId;
import io.headrace.TransactionRefusedException;
import io.headrace.engine.complete.AttemptTransactions;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewStep;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The steps of one attempt that are recorded in transactions of its handler. Whether such a step is on record is known once its
 * transaction has ended, so a step of the same name waits for that, and asks again. Thread-safe.
 */
final class StepsIn {

    private final AttemptSteps attempt;
    private final AttemptTransactions transactions;
    /** The transactions in which steps were recorded last, or are being recorded, by their names. */
    private final Map<String, Mono<String>> recorded = new ConcurrentHashMap<>();

    StepsIn(AttemptSteps attempt, AttemptTransactions transactions) {
        this.attempt = attempt;
        this.transactions = transactions;
    }

    /** Whether a step was recorded in a transaction, and may be on record. */
    boolean has(String name) {
        return recorded.containsKey(name);
    }

    int size() {
        return recorded.size();
    }

    /** Runs a step whose name nobody else uses meanwhile. */
    <T> Mono<T> step(JobTransaction given, String name, Type type, Supplier<? extends Mono<? extends T>> work) {
        Scheduler handlers = attempt.stepper().tools().handlers();
        StepRun.Recorder record =
                (value, took) -> record(given, name, value, took).publishOn(handlers);
        return transactions.reopen(name).then(attempt.known(handlers)).flatMap(known -> {
            attempt.requireRunning("step '" + name + "'");
            return earlierEnded(name, known)
                    .publishOn(handlers)
                    .then(Mono.defer(() -> attempt.afterEarlier(
                            name, known, handlers, () -> attempt.runOrReplay(name, type, work, known, record))));
        });
    }

    /** If this attempt has recorded the step in a transaction before, finds out what became of it. */
    private Mono<Void> earlierEnded(String name, KnownSteps known) {
        Mono<String> earlier = recorded.get(name);
        if (earlier == null) {
            return Mono.empty();
        }
        // A record that failed is none.
        return earlier.onErrorComplete()
                .flatMap(attempt.stepper()::hasEnded)
                .flatMap(ended -> ended
                        ? attempt.stepper().read(attempt.job())
                        : Mono.error(new TransactionRefusedException(
                                new JobId(attempt.job().job().id()),
                                name,
                                TransactionRefusedException.Reason.ALREADY_RECORDED)))
                .doOnNext(known::learn)
                .then(Mono.fromRunnable(() -> recorded.remove(name, earlier)));
    }

    /** Comes to its end, even if the caller cancels it. */
    private Mono<Void> record(JobTransaction given, String name, @Nullable String value, Duration took) {
        return Mono.defer(() -> {
            AtomicBoolean gone = new AtomicBoolean();
            NewStep step = new NewStep(0, attempt.job().job().id(), name, value, took);
            Mono<String> transaction =
                    transactions.record(given, step, gone::get).cache();
            recorded.put(name, transaction);
            return transaction.then().doOnCancel(() -> gone.set(true));
        });
    }
}
