package io.headrace;

import java.lang.reflect.Type;

/**
 * The descriptor that both sides share: the side that enqueues makes jobs from it, the side that handles subscribes to
 * it. The kind is what is stored, so it outlives any class name. Immutable and safe to share.
 *
 * <pre>{@code
 * static final JobType<IndexRepository> INDEX = JobType.of("index-repository", IndexRepository.class);
 * }</pre>
 *
 * @param <T> what a job of this kind carries
 */
public final class JobType<T> {

    /** The queue of jobs that name none. */
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
     * A kind of job whose payload is of a class.
     *
     * @param kind 1 to 100 characters, the same for ever
     * @throws InvalidJobException if the kind is empty, too long or has control characters
     */
    public static <T> JobType<T> of(String kind, Class<T> payloadType) {
        return new JobType<>(Limits.name("kind", kind), payloadType, DEFAULT_QUEUE);
    }

    /** {@link #of(String, Class)} for a generic payload, such as a list; the caller vouches that {@code T} is the type. */
    public static <T> JobType<T> ofGeneric(String kind, Type payloadType) {
        return new JobType<>(Limits.name("kind", kind), payloadType, DEFAULT_QUEUE);
    }

    /** The same kind, its jobs going to another queue unless they name one themselves. */
    public JobType<T> queue(String name) {
        return new JobType<>(kind, payloadType, Limits.name("queue", name));
    }

    /** A job of this kind, ready to run at once, of middling priority. */
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
