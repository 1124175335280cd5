package io.headrace.engine.claim;

import io.headrace.spi.ClaimRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a claimer may take.
 *
 * @param queue from which queue
 * @param kinds of which kinds, and on which terms
 * @param prefetch how many jobs may wait here beyond what is requested
 * @param mostDelivered how many jobs may be emitted and not yet settled
 * @param mostLeased how many jobs may be leased and not yet settled in all
 * @param worthwhile for how many jobs a claim is made while others wait here
 * @param pollInterval how long it sleeps at most; {@code null} if the poller decides
 * @param shelfLife how long a job may wait here before it is handed back
 */
record ClaimTerms(
        String queue,
        Map<String, ClaimRequest.Terms> kinds,
        int prefetch,
        int mostDelivered,
        int mostLeased,
        int worthwhile,
        @Nullable Duration pollInterval,
        Duration shelfLife) {}
