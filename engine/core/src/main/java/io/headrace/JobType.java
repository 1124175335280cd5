package io.headrace;

import java.lang.reflect.Type;

/**
 * The descriptor that producers and handlers share: producers create jobs from it, and handlers subscribe to it. Only
 * the kind is stored, so it outlives class names. Immutable and thread-safe.
 *
 * <pre>{@code
 * static final JobType<IndexRepository> INDEX = JobType.of("index-repository", IndexRepository.class);
 * }</pre>
 *
 * @param <T> the type of the payload
 */
public final class JobType<T> {

    /** The queue of jobs that do not name one. */
    public static final String DEFAULT_QUEUE = "default";

    private final String kind;
    private final Type payloadType;
    private final String queue;

    private JobType(String kind, Type payloadType, String queue) {
        this.kind = kind;
        this.payloadType = payloadType;
        this.queue = queue;
    }

    /**
     * Creates a job type whose payload is an instance of a class.
     *
     * @param kind 1 to 100 characters; must never change
     * @throws InvalidJobException if the kind is empty, too long or contains control characters
     */
    public static <T> JobType<T> of(String kind, Class<T> payloadType) {
        return new JobType<>(JobConstraints.name("kind", kind), payloadType, DEFAULT_QUEUE);
    }

    /**
     * Like {@link #of(String, Class)}, for a generic payload such as a list. The caller guarantees that {@code T}
     * matches the type.
     */
    public static <T> JobType<T> ofGeneric(String kind, Type payloadType) {
        return new JobType<>(JobConstraints.name("kind", kind), payloadType, DEFAULT_QUEUE);
    }

    /** Returns this job type with another queue for jobs that do not name one. */
    public JobType<T> queue(String name) {
        return new JobType<>(kind, payloadType, JobConstraints.name("queue", name));
    }

    /** Creates a job of this kind that is due at once and has the default priority. */
    public NewJob<T> job(T payload) {
        return NewJob.of(this, payload);
    }

    public String kind() {
        return kind;
    }

    public Type payloadType() {
        return payloadType;
    }

    public String queue() {
        return queue;
    }

    @Override
    public String toString() {
        return kind;
    }
}
