package io.headrace.testkit.memory.enqueue;

import io.headrace.Enqueued;
import io.headrace.spi.EncodedJob;
import io.headrace.testkit.memory.places.FollowUps;
import io.headrace.testkit.memory.places.JobPlaces;
import java.time.Instant;
import java.util.List;

/** Adds jobs as a part of a step. Guarded by the store's lock. */
public final class MemoryEnqueues implements FollowUps {

    private final JobPlaces places;
    private final IdBlocks blocks = new IdBlocks();

    public MemoryEnqueues(JobPlaces places) {
        this.places = places;
    }

    @Override
    public void requireStorable(List<EncodedJob> jobs) {
        EnqueueStep.check(jobs);
    }

    /** Adds jobs, all or none. */
    @Override
    public List<Enqueued> run(List<EncodedJob> jobs, Instant now) {
        return new EnqueueStep(places, blocks, now).run(jobs);
    }
}
