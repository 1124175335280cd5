package io.headrace.engine.claim;

import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.Verdict;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends leased jobs that no handler has seen. Belongs to the claimer's loop. */
final class UnseenJobs {

    private final ClaimTerms terms;
    private final ClaimTools tools;
    private final Demand demand;
    private final Shelf ready;
    private volatile EmittedJobs emitted = EmittedJobs.NONE;

    UnseenJobs(ClaimTerms terms, ClaimTools tools, Demand demand, Shelf ready) {
        this.terms = terms;
        this.tools = tools;
        this.demand = demand;
        this.ready = ready;
    }

    /** They may wait there after they were emitted. */
    void mayWaitAt(EmittedJobs jobs) {
        emitted = jobs;
    }

    /** All that was ready has been emitted. */
    void allCame() {
        emitted.allCame();
    }

    /**
     * Hands back what has waited for too long, and answers whether there was anything. If so, nothing is fetched ahead again until
     * one that waited here has been taken.
     */
    boolean handBackTheStale() {
        long oldest =
                tools.scheduler().now(TimeUnit.MILLISECONDS) - terms.shelfLife().toMillis();
        List<LeasedJob> stale = ready.takeOlder(oldest);
        for (LeasedJob job : stale) {
            demand.overstocked();
            handBack(job);
        }
        return !stale.isEmpty();
    }

    void handBackAll() {
        ready.takeAll().forEach(this::handBack);
        emitted.handBack();
    }

    void handBack(LeasedJob job) {
        end(job, Verdict.Released.INSTANCE);
    }

    void end(LeasedJob job, Verdict verdict) {
        demand.endsUnseen();
        tools.settler().settleOrForget(job, job.lease().hasLost(job.job().id()) ? null : verdict);
    }
}
