package io.headrace.engine.client;

import io.headrace.engine.claim.CommitHold;
import io.headrace.engine.claim.Reservation;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client is to the process in which it is used. */
public interface EnqueueHost {

    /** A client without an engine. */
    EnqueueHost NONE = new EnqueueHost() {
        @Override
        public long worker() {
            return 0;
        }

        @Override
        public @Nullable Reservation reserve(List<EncodedJob> jobs) {
            return null;
        }

        @Override
        public @Nullable CommitHold hold(List<EncodedJob> jobs) {
            return null;
        }

        @Override
        public boolean serves(String queue) {
            return false;
        }

        @Override
        public void enqueued(String queue, Duration delay) {}

        @Override
        public void committed(String queue, Duration delay) {}
    };

    /** The worker of this process, 0 for none. */
    long worker();

    /** Slots for all of these jobs, if they can run here at once. */
    @Nullable
    Reservation reserve(List<EncodedJob> jobs);

    /** Such slots, held until the caller's transaction, in which the jobs are enqueued, is committed. */
    @Nullable
    CommitHold hold(List<EncodedJob> jobs);

    /** Whether a queue is worked on here. */
    boolean serves(String queue);

    /**
     * A queue has got a job.
     *
     * @param delay after which it is due; zero if it may be due now
     */
    void enqueued(String queue, Duration delay);

    /** As {@link #enqueued}, in one of perhaps many transactions of others'. */
    void committed(String queue, Duration delay);
}
