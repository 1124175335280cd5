package io.headrace.spi;

import reactor.core.publisher.Flux;

/**
 * Where jobs live, as facets: a part of the engine has the facet that it needs and no other. What an implementation must do is
 * written down as tests: the contract suites of {@code headrace-testkit}.
 *
 * <p>A facet is the same each time; asking for one does nothing. Every {@code Mono} of theirs is cold and does its work once
 * for each subscription; errors are {@link io.headrace.StoreException}s and leave nothing half done. Cancelling does not
 * interrupt work that is on its way. Time is the store's own: no caller's clock decides anything. Safe to use from many
 * threads; signals may arrive on any thread that may not be blocked.
 */
public interface JobStore {

    /** Takes new jobs. */
    JobIntake intake();

    /** Leases jobs and records their outcomes. */
    LeaseStore leases();

    /** Knows the workers. */
    WorkerRegistry workers();

    /** Reads for people. */
    JobInspector inspector();

    /** Carries out what people decide. */
    JobDecisions decisions();

    /**
     * Announces queues that may have a job due: at once for jobs enqueued where a worker waits, and every queue (as an
     * empty text) after each time the connection was made. Never ends and never errors while subscribed; cancelling
     * releases the connection. Announcements may be lost or come for nothing.
     */
    Flux<String> wakeUps();
}
