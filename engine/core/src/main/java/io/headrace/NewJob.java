package io.headrace;

import io.headrace.spi.EnqueueTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job to be enqueued. Immutable and thread-safe. Each method returns a modified copy and rejects invalid values
 * immediately.
 *
 * <p>Defaults: the queue of its type, priority 4, due at once, as many attempts as the handler's {@link RetryPolicy}
 * allows, no headers, no unique key, no terms.
 *
 * @param <T> the type of the payload
 */
public final class NewJob<T> {

    /** The priority of jobs that do not name one, from 0 (first) to 9 (last). */
    public static final int DEFAULT_PRIORITY = 4;

    private static final Instant LATEST = JobId.EPOCH.plus(JobConstraints.LONGEST_DELAY);

    private final JobType<T> type;
    private final T payload;
    private final String queue;
    private final int priority;
    private final Duration delay;
    private final @Nullable Instant runAt;
    private final @Nullable Integer maxAttempts;
    private final @Nullable String uniqueKey;
    private final Map<String, String> headers;
    private final @Nullable EnqueueTerms terms;

    private NewJob(
            JobType<T> type,
            T payload,
            String queue,
            int priority,
            Duration delay,
            @Nullable Instant runAt,
            @Nullable Integer maxAttempts,
            @Nullable String uniqueKey,
            Map<String, String> headers,
            @Nullable EnqueueTerms terms) {
        this.type = type;
        this.payload = payload;
        this.queue = queue;
        this.priority = priority;
        this.delay = delay;
        this.runAt = runAt;
        this.maxAttempts = maxAttempts;
        this.uniqueKey = uniqueKey;
        this.headers = headers;
        this.terms = terms;
    }

    static <T> NewJob<T> of(JobType<T> type, T payload) {
        Objects.requireNonNull(payload, "payload");
        return new NewJob<>(
                type, payload, type.queue(), DEFAULT_PRIORITY, Duration.ZERO, null, null, null, Map.of(), null);
    }

    /** This job with other settings. */
    private NewJob<T> copy(
            String otherQueue,
            int otherPriority,
            Duration otherDelay,
            @Nullable Instant otherRunAt,
            @Nullable Integer otherMaxAttempts,
            @Nullable String otherKey,
            Map<String, String> otherHeaders,
            @Nullable EnqueueTerms otherTerms) {
        return new NewJob<>(
                type,
                payload,
                otherQueue,
                otherPriority,
                otherDelay,
                otherRunAt,
                otherMaxAttempts,
                otherKey,
                otherHeaders,
                otherTerms);
    }

    /**
     * Sets the queue, instead of the queue of its type.
     *
     * @throws InvalidJobException if the name is empty, longer than 100 characters or contains control characters
     */
    public NewJob<T> queue(String name) {
        return copy(JobConstraints.name("queue", name), priority, delay, runAt, maxAttempts, uniqueKey, headers, terms);
    }

    /**
     * Sets the priority.
     *
     * @param value from 0 (first) to 9 (last); among jobs of the same priority, the job that became due first goes
     *     first
     * @throws InvalidJobException if the value is out of range
     */
    public NewJob<T> priority(int value) {
        return copy(queue, JobConstraints.priority(value), delay, runAt, maxAttempts, uniqueKey, headers, terms);
    }

    /**
     * Makes the job due after this delay, counted from the enqueue by the database's clock. Replaces {@link #runAt}.
     *
     * @throws InvalidJobException if the delay is negative or exceeds 100 years, or if the job is debounced
     */
    public NewJob<T> delay(Duration value) {
        requireNotDebounced("delay");
        return copy(queue, priority, JobConstraints.delay(value), null, maxAttempts, uniqueKey, headers, terms);
    }

    /**
     * Makes the job due at this time, by the database's clock; at once if the time has passed. Replaces {@link #delay}.
     *
     * @throws InvalidJobException if the time is more than 100 years after {@link JobId#EPOCH}, or if the job is debounced
     */
    public NewJob<T> runAt(Instant value) {
        Objects.requireNonNull(value, "runAt");
        requireNotDebounced("runAt");
        if (value.isAfter(LATEST)) {
            throw new InvalidJobException("runAt", value + " is after " + LATEST);
        }
        return copy(queue, priority, Duration.ZERO, value, maxAttempts, uniqueKey, headers, terms);
    }

    /**
     * Sets the number of attempts of this job, overriding the handler's retry policy.
     *
     * @throws InvalidJobException if the value is not between 1 and 1,000
     */
    public NewJob<T> maxAttempts(int value) {
        return copy(queue, priority, delay, runAt, JobConstraints.maxAttempts(value), uniqueKey, headers, terms);
    }

    /**
     * Sets a unique key. At most one live job of this kind has the key: while one is waiting, running or a failed
     * tombstone, enqueueing another returns the existing one.
     *
     * @throws InvalidJobException if the key is empty, longer than 500 characters or contains control characters, or if
     *     the job has a throttle or is debounced
     */
    public NewJob<T> uniqueKey(String value) {
        requireNotDebounced("uniqueKey");
        if (terms != null && terms.key() != null) {
            throw new InvalidJobException(
                    "uniqueKey", "cannot be combined with a throttle: use uniqueFor instead of it");
        }
        return copy(queue, priority, delay, runAt, maxAttempts, JobConstraints.key("uniqueKey", value), headers, terms);
    }

    /**
     * Keeps the unique key for a while, even if the job ends earlier: until this period has passed since the enqueue, by
     * the database's clock, every enqueue of this kind and key returns the existing job, with or without a period of its
     * own. While the job lives, it holds the key in any case. A job that already holds the key is not affected.
     *
     * @param period a whole number of milliseconds, at most 365 days
     * @throws InvalidJobException if the period is out of range, or {@link #uniqueKey} was not called before
     */
    public NewJob<T> uniqueFor(Duration period) {
        if (uniqueKey == null) {
            throw new InvalidJobException("uniqueFor", "needs a unique key: call uniqueKey first");
        }
        return onTerms(new EnqueueTerms.UniqueFor(JobConstraints.period("uniqueFor", period)));
    }

    /**
     * Enqueues the job only if fewer than {@code most} jobs of this kind and key were admitted in the period before now,
     * by the database's clock: no window of that length contains more. Otherwise nothing is enqueued, and the answer is
     * {@link Enqueued.Reason#THROTTLED}. If calls with the same key differ in number and period, each is decided by its
     * own, among the admissions that are remembered; each is, at least for the period of its own call.
     *
     * @param key the key of the throttle, within the kind and across queues; has nothing to do with unique keys
     * @param most from 1 to 1,000
     * @param period a whole number of milliseconds, at most 365 days
     * @throws InvalidJobException if the key is empty, longer than 500 characters or contains control characters, if a
     *     value is out of range, if the job is debounced, or if it has a unique key: {@link #uniqueFor} limits that to one
     *     job in a period
     */
    public NewJob<T> throttle(String key, int most, Duration period) {
        requireNotDebounced("throttle");
        if (uniqueKey != null) {
            throw new InvalidJobException(
                    "throttle", "cannot be combined with a unique key: use uniqueFor for one job in a period");
        }
        return onTerms(new EnqueueTerms.Throttle(
                JobConstraints.key("throttle", key),
                JobConstraints.admitted(most),
                JobConstraints.period("throttle", period)));
    }

    /**
     * Runs the job once things have been quiet: it is due {@code quiet} after now, and each further enqueue of this kind
     * and key replaces it as long as it waits, and starts the quiet time again. The job is due at most {@code atMost} after
     * the first of these enqueues. A replacement brings its payload, headers, attempts, queue and priority; the id stays
     * the same, and the answer is {@link Enqueued.Reason#DEBOUNCED}. Once the job has been leased, cancelled or retried, the
     * next enqueue starts a new one, while the old one may still be running.
     *
     * @param key the key of the debounce, within the kind and across queues; has nothing to do with unique keys
     * @param quiet a whole number of milliseconds, at most {@code atMost}
     * @param atMost a whole number of milliseconds, at most 365 days
     * @throws InvalidJobException if the key is empty, longer than 500 characters or contains control characters, if a
     *     duration is out of range, or if the job has a delay, a due time, a unique key or a throttle
     */
    public NewJob<T> debounce(String key, Duration quiet, Duration atMost) {
        if (!isDebounced()) {
            if (!delay.isZero() || runAt != null) {
                throw new InvalidJobException("debounce", "says when the job is due: remove its delay or due time");
            }
            if (uniqueKey != null || terms != null) {
                throw new InvalidJobException("debounce", "cannot be combined with a unique key or a throttle");
            }
        }
        EnqueueTerms debounce = new EnqueueTerms.Debounce(
                JobConstraints.key("debounce", key), JobConstraints.period("debounce", atMost));
        if (JobConstraints.period("debounce", quiet).compareTo(atMost) > 0) {
            throw new InvalidJobException("debounce", "the quiet time " + quiet + " is over atMost, " + atMost);
        }
        return copy(queue, priority, quiet, null, maxAttempts, null, headers, debounce);
    }

    private boolean isDebounced() {
        return terms != null && terms.reason() == Enqueued.Reason.DEBOUNCED;
    }

    private void requireNotDebounced(String field) {
        if (isDebounced()) {
            throw new InvalidJobException(field, "cannot be combined with debounce");
        }
    }

    private NewJob<T> onTerms(EnqueueTerms value) {
        return copy(queue, priority, delay, runAt, maxAttempts, uniqueKey, headers, value);
    }

    /**
     * Adds a header: metadata beside the payload, such as a trace context.
     *
     * @throws InvalidJobException if the name is empty, longer than 100 characters or contains control characters, or if it
     *     is {@link PayloadTransforms#HEADER}, which is reserved
     */
    public NewJob<T> header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(JobConstraints.header(name), Objects.requireNonNull(value, "value"));
        return copy(queue, priority, delay, runAt, maxAttempts, uniqueKey, Collections.unmodifiableMap(more), terms);
    }

    public JobType<T> type() {
        return type;
    }

    public T payload() {
        return payload;
    }

    public String queue() {
        return queue;
    }

    public int priority() {
        return priority;
    }

    public Duration delay() {
        return delay;
    }

    public @Nullable Instant runAt() {
        return runAt;
    }

    public @Nullable Integer maxAttempts() {
        return maxAttempts;
    }

    public @Nullable String uniqueKey() {
        return uniqueKey;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The terms on which the job is enqueued, such as {@link #uniqueFor}; {@code null} if it has none. */
    public @Nullable EnqueueTerms terms() {
        return terms;
    }
}
