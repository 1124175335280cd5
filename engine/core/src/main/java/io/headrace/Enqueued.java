package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * The result of an enqueue.
 *
 * @param id the id of the new job or, if none was created, of the existing job that {@code reason} tells about
 * @param created whether the job is new; always {@code true} without a key
 * @param reason why no job was created; {@code null} if one was
 */
public record Enqueued(JobId id, boolean created, @Nullable Reason reason) {

    public Enqueued {
        if (created != (reason == null)) {
            throw new IllegalArgumentException("created is " + created + ", and the reason is " + reason);
        }
    }

    /** Creates a result in which only a unique key can have been the reason. */
    public Enqueued(JobId id, boolean created) {
        this(id, created, created ? null : Reason.UNIQUE_KEY);
    }

    /** Why an enqueue did not create a job. What it says is true at the moment of the answer. */
    public enum Reason {
        /**
         * The job with this id holds the {@linkplain NewJob#uniqueKey unique key}. It may already be running, and it may
         * end before your transaction is committed. With {@link NewJob#uniqueFor}, it may have ended already, and may
         * even be pruned.
         */
        UNIQUE_KEY,
        /**
         * The {@linkplain NewJob#throttle throttle} has admitted as many jobs as it may for now, and nothing was enqueued.
         * The id is that of the latest job that it admitted, which may have ended already, and may even be pruned.
         */
        THROTTLED,
        /**
         * The content of this enqueue has {@linkplain NewJob#debounce replaced} that of the waiting job with this id. The
         * job will run, with this content unless a later enqueue replaces it, too.
         */
        DEBOUNCED
    }
}
