package io.headrace;

import io.headrace.spi.SignalReading;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Map;
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

    /** Whether this is the last attempt, so that a failure is final. */
    public boolean isLastAttempt() {
        return attempt >= maxAttempts;
    }

    /** When the job was enqueued, by the database's clock. */
    public Instant createdAt() {
        return id.createdAt();
    }
}
