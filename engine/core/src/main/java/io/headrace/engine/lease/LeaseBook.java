package io.headrace.engine.lease;

import io.headrace.spi.Verdict;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The leases that this engine believes to hold. Thread-safe. */
public final class LeaseBook {

    private final Map<Long, Lease> leases = new ConcurrentHashMap<>();
    private final HeardCancellations heard = new HeardCancellations();

    /**
     * The lease of one more unsettled job. One that is granted anew under the number of a lease that was lost, by a store that was
     * restored from a dump, is another.
     */
    public Lease hold(long id) {
        return leases.compute(id, (key, held) -> {
            Lease lease = held == null || held.isLost() ? new Lease(id, heard) : held;
            lease.hold();
            return lease;
        });
    }

    /** One of the lease's jobs is settled. */
    public void letGo(Lease lease) {
        if (lease.letGo()) {
            leases.remove(lease.id(), lease);
        }
    }

    /** A job has left its lease for another, in which it is alone. What runs of it can be broken off at any moment. */
    public void move(LeasedJob job, long toId) {
        Lease from = job.lease();
        Lease to = hold(toId);
        job.moveTo(to);
        from.passOn(job.job().id(), to);
        letGo(from);
    }

    public Set<Long> ids() {
        return Set.copyOf(leases.keySet());
    }

    /**
     * Those of the leases under which something runs. A lease without that may be gone because all of it is settled, and the
     * answer is still on its way.
     */
    public Set<Long> atWork(Collection<Long> ids) {
        return ids.stream()
                .filter(id -> {
                    Lease lease = leases.get(id);
                    return lease != null && lease.isAtWork();
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    public void lose(Collection<Long> ids) {
        for (Long id : ids) {
            Lease lease = leases.get(id);
            if (lease != null) {
                lease.lose();
            }
        }
    }

    /** These jobs have left their leases, wherever those are, and those which this engine has yet to hear of. */
    public void cancel(Set<Long> jobs) {
        if (!jobs.isEmpty()) {
            heard.add(jobs);
            leases.values().forEach(lease -> lease.cancel(jobs));
        }
    }

    /** Called once in every expiry: no claim is on its way for longer. */
    public void forgetCancellations() {
        heard.age();
    }

    public void breakOffAll(Verdict verdict) {
        leases.values().forEach(lease -> lease.breakOff(verdict));
    }
}
