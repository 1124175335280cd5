package io.headrace.engine.claim;

import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import java.util.List;

/** Free slots, kept for jobs that are on their way into the store. */
public interface Reservation {

    /** What they may be claimed by. */
    ClaimRequest request();

    /**
     * Gives the slots back, once.
     *
     * @param claimed the jobs that came, or none
     */
    void end(List<ClaimedJob> claimed);
}
