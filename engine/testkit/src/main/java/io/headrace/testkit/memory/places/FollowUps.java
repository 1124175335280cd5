package io.headrace.testkit.memory.places;

import io.headrace.Enqueued;
import io.headrace.spi.EncodedJob;
import java.time.Instant;
import java.util.List;

/** Enqueues jobs in the step that records the outcomes which bring them. Guarded by the store's lock. */
public interface FollowUps {

    /**
     * Checks them before anything is recorded.
     *
     * @throws io.headrace.InvalidJobException if one of them cannot be stored
     */
    void requireStorable(List<EncodedJob> jobs);

    /** Adds those that their keys and terms allow. */
    List<Enqueued> run(List<EncodedJob> jobs, Instant now);
}
