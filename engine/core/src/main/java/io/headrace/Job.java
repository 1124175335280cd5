package io.headrace;

import io.headrace.spi.JobTransaction;
import io.headrace.spi.SignalReading;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A job as its handler sees it, in one attempt.
 *
 * @param id the permanent id of the job
 * @param kind the kind of the job, as in {@link JobType#kind()}
 * @param queue the queue in which it waited
 * @param priority from 0 (first) to 9 (last)
 * @param attempt the number of this attempt, starting at 1
 * @param maxAttempts the maximum number of attempts, by the policy that currently applies
 * @param payload the payload
 * @param headers the metadata beside the payload
 * @param uniqueKey the unique key with which it was enqueued, or {@code null}
 * @param run what the handler can do in this attempt, by the methods of this record
 */
public record Job<T>(
        JobId id,
        String kind,
        String queue,
        int priority,
        int attempt,
        int maxAttempts,
        T payload,
        Map<String, String> headers,
        @Nullable String uniqueKey,
        JobRun run) {

    /** Creates a job outside of an engine, for example to test a handler: see {@link JobRun#DETACHED}. */
    public Job(
            JobId id,
            String kind,
            String queue,
            int priority,
            int attempt,
            int maxAttempts,
            T payload,
            Map<String, String> headers,
            @Nullable String uniqueKey) {
        this(id, kind, queue, priority, attempt, maxAttempts, payload, headers, uniqueKey, JobRun.DETACHED);
    }

    /**
     * Reports the progress of this attempt to everybody who {@linkplain JobClient#watch watches} the job. Only the
     * latest report counts. It is kept in memory and written together with that of all other running jobs: at once if
     * no progress was written recently, otherwise at the next {@link JobEngine.Builder#progressInterval}. Call this
     * method as often as you like, from any thread. It does not block and never fails; values out of range are
     * adjusted, see {@link JobProgress}. After the attempt has ended, it does nothing.
     *
     * @param percent from 0 to 100
     * @param message for people to read, up to {@link JobConstraints#PROGRESS_MESSAGE_CHARACTERS} characters
     */
    public void progress(int percent, @Nullable String message) {
        run.progress(new JobProgress(percent, message));
    }

    /** Like {@link #progress(int, String)}, without a message. */
    public void progress(int percent) {
        progress(percent, null);
    }

    /**
     * Reads the value of a signal, see {@link JobProducer#signal(String, Object)}. Ask before you wait with
     * {@link JobOutcome#await}: the signal may have come already. Once this job has read a signal, or its timeout was reached,
     * every later attempt gets the same answer until it waits for the key again. Asks the store on subscription; concurrent
     * questions of an engine share a statement.
     *
     * @param key the key of the signal
     * @param type the type of the value
     * @return the value; empty if the signal has not come, if the job has timed out ({@link #timedOut}), or if the signal has no
     *     value ({@link #signalled}). Fails with a {@link ValueUnreadableException} if the value does not parse into the type,
     *     an {@link InvalidJobException} if the key is invalid, and a {@link StoreException} if the store cannot be asked
     */
    public <V> Mono<V> signal(String key, Class<V> type) {
        return run.signal(key, type);
    }

    /** Like {@link #signal(String, Class)}, for a generic type. The caller guarantees that {@code V} matches the type. */
    public <V> Mono<V> signalOfGeneric(String key, Type type) {
        return run.signal(key, type);
    }

    /** Whether a signal with the key has come, see {@link #signal(String, Class)}. For signals without a value. */
    public Mono<Boolean> signalled(String key) {
        return run.signalState(key).map(state -> state == SignalReading.State.SIGNALLED);
    }

    /**
     * Whether this job has waited for the signal until its timeout, see {@link JobOutcome#await}. {@code false} if it has not
     * waited for it, or runs for another reason before the timeout.
     */
    public Mono<Boolean> timedOut(String key) {
        return run.signalState(key).map(state -> state == SignalReading.State.TIMED_OUT);
    }

    /**
     * Runs a part of the handler once. The first time, subscribes to the work, records what it returns, and only then emits
     * it. Later attempts of the job, after a failure or a crash, emit what was recorded, and do not run the work. If the work
     * fails, nothing is recorded, and the step fails with its error. If the process dies after the work and before it is
     * recorded, the work runs again: it must be idempotent, as handlers must.
     *
     * <pre>{@code
     * job.step("charge", Receipt.class, () -> payments.charge(job.payload()))
     *         .flatMap(receipt -> job.step("mail", () -> mails.send(receipt)))
     * }</pre>
     *
     * <p>The value is recorded as JSON, by the engine's codec, and what is emitted was read from that JSON. An empty step is
     * recorded as empty. Steps may run at the same time, and within each other. They are kept for as long as the job is.
     *
     * @param name unique among the steps of the job; up to {@link JobConstraints#STEP_NAME_CHARACTERS} characters. It stays
     *     the same in all versions of the handler
     * @param type the type of the value, of up to {@link JobConstraints#VALUE_BYTES} bytes
     * @param work must not block
     * @return fails with an {@link InvalidStepException} if the attempt has another step of this name; with an
     *     {@link InvalidValueException} if the value cannot be recorded, or a {@link ValueUnreadableException} if it cannot be
     *     read into the type; with a {@link LeaseLostException} if the job is no longer under its lease, in which case the
     *     attempt is cancelled; with an {@link AttemptEndedException} after the attempt has ended
     */
    public <R> Mono<R> step(String name, Class<R> type, Supplier<? extends Mono<? extends R>> work) {
        return run.step(name, type, work);
    }

    /** Like {@link #step(String, Class, Supplier)}, for a generic type such as a list, which {@code R} must match. */
    public <R> Mono<R> step(String name, Type type, Supplier<? extends Mono<? extends R>> work) {
        return run.step(name, type, work);
    }

    /**
     * Like {@link #step(String, Class, Supplier)}, for work that returns nothing of interest. It is recorded that it has been
     * done.
     */
    public Mono<Void> step(String name, Supplier<? extends Mono<?>> work) {
        return run.step(name, Void.class, () -> work.get().then());
    }

    /**
     * Like {@link #step(String, Class, Supplier)}, but recorded in a transaction of the handler: the effects of the work in the
     * same database and the record are committed together, or neither is. So the work has its effect once, and need not be
     * idempotent. Commit after what is returned has been emitted; if it fails, roll back.
     *
     * <pre>{@code
     * transaction(connection -> job.stepIn(store.transaction(connection), "book", Receipt.class, () -> book(connection, order)))
     * }</pre>
     *
     * <p>Once it is recorded, no other worker gets the job until the transaction has ended, and cancelling the job waits. Then
     * the handler may go on with other steps and other transactions. A handler that repeats its transaction in the same attempt
     * repeats its steps as well: each emits what is recorded if the earlier transaction was committed after all, and runs
     * otherwise. Within one transaction, a name can be used once.
     *
     * @param transaction a transaction created by the store, for example {@code store.transaction(connection)}; must not be used
     *     after the transaction has ended
     * @param work works on the connection of the transaction
     * @return emits when the record has been written into the transaction; fails as {@code step} does, except that a
     *     {@link LeaseLostException} does not cancel the attempt, and with a {@link TransactionRefusedException} if the step
     *     cannot be recorded in this transaction
     */
    public <R> Mono<R> stepIn(
            JobTransaction transaction, String name, Class<R> type, Supplier<? extends Mono<? extends R>> work) {
        return stepIn(transaction, name, (Type) type, work);
    }

    /** Like {@link #stepIn(JobTransaction, String, Class, Supplier)}, for a generic type, which {@code R} must match. */
    public <R> Mono<R> stepIn(
            JobTransaction transaction, String name, Type type, Supplier<? extends Mono<? extends R>> work) {
        return run.stepIn(Objects.requireNonNull(transaction, "transaction"), name, type, work);
    }

    /** Like {@link #stepIn(JobTransaction, String, Class, Supplier)}, for work that returns nothing of interest. */
    public Mono<Void> stepIn(JobTransaction transaction, String name, Supplier<? extends Mono<?>> work) {
        return stepIn(transaction, name, Void.class, () -> work.get().then());
    }

    /**
     * Like {@link #step(String, Class, Supplier)}, for handlers that may block. The work runs on the calling thread.
     *
     * @return what the work returned; {@code null} if it returned {@code null}
     * @throws Exception what the work throws, and what {@link #step(String, Class, Supplier)} fails with
     */
    public <R> @Nullable R blockingStep(String name, Class<R> type, Callable<? extends R> work) throws Exception {
        return run.blockingStep(name, type, work);
    }

    /**
     * Reads how far a long loop has come: what {@link #cursor(Object)} recorded last, in this attempt or an earlier one.
     *
     * @return empty if nothing was recorded
     */
    public <R> Mono<R> cursor(Class<R> type) {
        return run.cursor(type);
    }

    /** Like {@link #cursor(Class)}, for a generic type, which {@code R} must match. */
    public <R> Mono<R> cursor(Type type) {
        return run.cursor(type);
    }

    /**
     * Records how far a long loop has come, in place of what was recorded before. If cursors of the same job come faster than
     * they can be written, the last is. Each is a write: record one for every few hundred elements, not for each.
     *
     * @param to recorded as JSON, of up to {@link JobConstraints#VALUE_BYTES} bytes
     * @return completes when it is recorded; fails like a step
     */
    public Mono<Void> cursor(Object to) {
        return run.moveCursor(to);
    }

    /**
     * Completes this job in a transaction of the handler, so that the effects of the handler in the same database and the
     * completion are committed together, or neither is. The handler then commits, and completes without an outcome. If it rolls
     * back instead, the job is not completed: let the error reach the publisher of the handler.
     *
     * <p>Until the transaction has ended, no other worker gets the job, and cancelling it waits. If the transaction is rolled back
     * and the handler completes all the same, the attempt fails with a {@link CompletionRolledBackException}.
     *
     * @param transaction a transaction created by the store, for example {@code store.transaction(connection)}; must not be used
     *     after the transaction has ended
     * @return completes when the statement has been executed; fails with a {@link LeaseLostException} if another worker has the
     *     job or it has ended, and with a {@link TransactionRefusedException} if it cannot be completed in this transaction. Roll
     *     back then
     */
    public Mono<Void> completeIn(JobTransaction transaction) {
        return completeIn(transaction, JobOutcome.complete());
    }

    /**
     * Like {@link #completeIn(JobTransaction)}, with a result or with jobs to enqueue.
     *
     * @param outcome one that completes the job; its result and its jobs are committed in the same transaction
     */
    public Mono<Void> completeIn(JobTransaction transaction, JobOutcome outcome) {
        return run.completeIn(
                Objects.requireNonNull(transaction, "transaction"), Objects.requireNonNull(outcome, "outcome"));
    }

    /**
     * Prepares {@link #completeIn} and {@link #stepIn}: gives this job a lease of its own, as they do if you do not call it. Call this
     * before you begin a transaction in REPEATABLE READ or SERIALIZABLE, whose snapshot would not include that lease. In READ COMMITTED it
     * is not needed, and shortens the transaction by the time of one statement.
     *
     * @return fails with a {@link LeaseLostException} if another worker has the job or it has ended
     */
    public Mono<Void> prepareTransaction() {
        return run.prepareTransaction();
    }

    /** Whether this is the last attempt, so that a failure is final. */
    public boolean isLastAttempt() {
        return attempt >= maxAttempts;
    }

    /** When the job was enqueued, by the database's clock. */
    public Instant createdAt() {
        return id.createdAt();
    }
}
