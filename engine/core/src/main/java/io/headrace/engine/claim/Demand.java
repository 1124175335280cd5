package io.headrace.engine.claim;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many jobs a claimer has leased, and how many more it may: as many as are requested, and a prefetch, within a bound on all
 * that is leased. Jobs are counted out by whoever settles them; the rest belongs to the claimer's loop.
 */
final class Demand {

    private static final int MOST_PER_CLAIM = 1_024;

    private final ClaimTerms terms;
    private final AtomicInteger leased = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();
    private int claiming;
    private boolean overstocked;

    Demand(ClaimTerms terms) {
        this.terms = terms;
    }

    /** How many jobs are leased and not settled. */
    int leased() {
        return leased.get();
    }

    /** How many more may be leased, if the claims on their way bring all that they ask for. */
    int unleased() {
        return terms.mostLeased() - leased.get() - claiming;
    }

    boolean isClaiming() {
        return claiming > 0;
    }

    /** A claim for so many jobs is on its way. */
    void claims(int jobs) {
        claiming += jobs;
    }

    /** A claim for so many has been answered, or has failed. */
    void claimed(int jobs) {
        claiming -= jobs;
    }

    void leased(int more) {
        leased.addAndGet(more);
    }

    boolean mayDeliver() {
        return delivered.get() < terms.mostDelivered();
    }

    /** A job goes to a handler: nothing waits here for too long. */
    void delivers() {
        overstocked = false;
        delivered.incrementAndGet();
    }

    /** A job that no handler has seen is to be settled. */
    void endsUnseen() {
        delivered.incrementAndGet();
    }

    /** A job has waited here for too long: nothing is fetched ahead again until one has been taken. */
    void overstocked() {
        overstocked = true;
    }

    /** Of those delivered, one is settled. */
    void settled() {
        delivered.decrementAndGet();
        leased.decrementAndGet();
    }

    /**
     * For how many jobs a claim may be made.
     *
     * @param requested how many the subscriber wants
     * @param waiting how many wait here
     */
    int room(long requested, int waiting) {
        return slots(requested, waiting + claiming, overstocked ? 0 : terms.prefetch());
    }

    /** The same without the prefetch: how many can run at once. */
    int slots(long requested, int waiting) {
        return slots(requested, waiting, 0);
    }

    private int slots(long requested, int waiting, int prefetch) {
        long deliverable = Math.min(requested, terms.mostDelivered() - delivered.get());
        long wanted = deliverable + prefetch - waiting;
        return (int) Math.min(Math.min(wanted, unleased()), MOST_PER_CLAIM);
    }
}
