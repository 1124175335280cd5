package io.headrace.testkit.memory.lease;

import io.headrace.JobState;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.SignalReading;
import io.headrace.spi.Verdict;
import io.headrace.testkit.memory.places.FollowUps;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.Signals;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records outcomes, those that come in time. Guarded by the store's lock. */
final class SettleStep {

    private final JobPlaces places;
    private final FollowUps followUps;
    private final long worker;
    private final @Nullable String version;
    private final Instant now;
    private final List<EncodedJob> next = new ArrayList<>();

    /** @param version of the engine that the worker belongs to */
    SettleStep(JobPlaces places, FollowUps followUps, long worker, @Nullable String version, Instant now) {
        this.followUps = followUps;
        this.places = places;
        this.worker = worker;
        this.version = version;
        this.now = now;
    }

    /** Answers those that came too late. */
    List<Settlement> run(List<Settlement> settlements) {
        requireStorable(settlements);
        List<Settlement> late = new ArrayList<>();
        for (Settlement settlement : settlements) {
            Lease lease = places.leases().get(settlement.lease());
            StoredJob job = lease == null ? null : stillIn(lease, settlement.job());
            if (lease == null || job == null) {
                late.add(settlement);
            } else {
                record(lease, job, settlement);
            }
        }
        var unused = followUps.run(next, now);
        return late;
    }

    /** Before anything is recorded: it is all or nothing. */
    private void requireStorable(List<Settlement> settlements) {
        for (Settlement settlement : settlements) {
            Lease lease = places.leases().get(settlement.lease());
            if (settlement.verdict() instanceof Verdict.CompletedWith with
                    && lease != null
                    && stillIn(lease, settlement.job()) != null) {
                followUps.requireStorable(with.next());
            }
        }
    }

    private @Nullable StoredJob stillIn(Lease lease, long job) {
        return lease.worker() == worker ? lease.jobs().get(job) : null;
    }

    private void record(Lease lease, StoredJob job, Settlement settlement) {
        settlement.verdict().fold(new Recording(lease, job, settlement));
        places.tellOfEnd(job, now);
    }

    /** What each verdict does to a job that is still in its lease. */
    private final class Recording implements Verdict.Cases<Void> {

        private final Lease lease;
        private final StoredJob job;
        private final Settlement settlement;

        Recording(Lease lease, StoredJob job, Settlement settlement) {
            this.lease = lease;
            this.job = job;
            this.settlement = settlement;
        }

        @Override
        public Void completed() {
            places.complete(lease, job, now);
            releaseKey(settlement, job);
            return null;
        }

        @Override
        public Void completedWith(Verdict.CompletedWith verdict) {
            next.addAll(verdict.next());
            job.keepResult(verdict.result());
            return completed();
        }

        @Override
        public Void retried(Verdict.Retried verdict) {
            job.recordFailure(now, verdict.failure(), version);
            job.suspectNoMore();
            places.putBack(lease, job, now.plus(verdict.delay()), now);
            return null;
        }

        @Override
        public Void snoozed(Verdict.Snoozed verdict) {
            job.uncharge();
            job.suspectNoMore();
            places.putBack(lease, job, now.plus(verdict.delay()), now);
            return null;
        }

        @Override
        public Void awaiting(Verdict.Awaiting verdict) {
            Instant until = now.plus(verdict.timeout());
            boolean signalled = places.signals().sent().containsKey(verdict.key());
            places.signals()
                    .waits()
                    .put(
                            new Signals.Wait(verdict.key(), job.id()),
                            new Signals.Waited(
                                    now, until, signalled ? SignalReading.State.SIGNALLED : SignalReading.State.NONE));
            job.uncharge();
            job.suspectNoMore();
            places.putBack(lease, job, signalled ? now : until, now);
            return null;
        }

        @Override
        public Void released() {
            job.uncharge();
            places.putBack(lease, job, job.runAt(), now);
            return null;
        }

        @Override
        public Void failed(Verdict.Failed verdict) {
            job.recordFailure(now, verdict.failure(), version);
            places.bury(lease, job, JobState.FAILED);
            return null;
        }

        @Override
        public Void cancelled(Verdict.Cancelled verdict) {
            job.recordFailure(now, verdict.reason(), version);
            places.bury(lease, job, JobState.CANCELLED);
            releaseKey(settlement, job);
            return null;
        }
    }

    /** Trusts the settlement's word, as a store with a table of keys does: a wrong one is then found by the audit. */
    private void releaseKey(Settlement settlement, StoredJob job) {
        if (settlement.keyed()) {
            places.keys().release(job, now);
        }
    }
}
