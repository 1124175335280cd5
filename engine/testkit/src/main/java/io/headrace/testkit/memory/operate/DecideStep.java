package io.headrace.testkit.memory.operate;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.RetryReport;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.WaitingJobs;
import io.headrace.spi.Verdict;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.Worker;
import io.headrace.testkit.memory.places.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Does what people decide about jobs. Under one lock nobody can race, so nothing is ever raced. Guarded by it. */
final class DecideStep {

    private static final Verdict.Failure CANCELLED =
            Verdict.Failure.ofType(Verdict.Failure.CANCELLED, "cancelled by request");

    private static final Duration MARKS_ARE_KEPT_LONGER = Duration.ofDays(1);

    private final JobPlaces places;
    private final Workers workers;
    private final Instant now;

    DecideStep(JobPlaces places, Workers workers, Instant now) {
        this.places = places;
        this.workers = workers;
        this.now = now;
    }

    CancelAnswer cancel(JobId id) {
        StoredJob job = places.find(id);
        if (job == null) {
            return CancelAnswer.UNKNOWN;
        }
        if (!job.state().isLive()) {
            return CancelAnswer.TOO_LATE;
        }
        boolean leased = job.state() == JobState.LEASED;
        job.recordFailure(now, CANCELLED, null);
        if (leased) {
            Lease lease = places.leaseOf(job);
            Worker holder = workers.find(lease.worker());
            if (holder != null) {
                holder.cancelled().add(job.id());
            }
            places.bury(lease, job, JobState.CANCELLED);
        } else {
            places.cancel(job);
        }
        places.keys().release(job, now);
        return leased ? CancelAnswer.CANCELLED_WHILE_LEASED : CancelAnswer.CANCELLED;
    }

    /** Ends a job that waits. */
    void cancelWaiting(StoredJob job) {
        job.recordFailure(now, CANCELLED, null);
        places.cancel(job);
        places.keys().release(job, now);
    }

    boolean runNow(JobId id) {
        StoredJob job = places.find(id);
        if (job == null || job.state() != JobState.PENDING) {
            return false;
        }
        if (!job.isDue(now)) {
            places.makeDue(job, now);
        }
        return true;
    }

    RetryReport retry(FailedJobs which) {
        List<StoredJob> meant = meant(places.tombstones(), which);
        meant.forEach(job -> places.revive(job, now));
        return new RetryReport(meant.size(), meant.size(), 0, pruned(which));
    }

    Optional<JobId> probe(FailedJobs which) {
        List<StoredJob> meant = meant(places.tombstones(), which);
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        StoredJob newest = meant.get(meant.size() - 1);
        places.revive(newest, now);
        return Optional.of(new JobId(newest.id()));
    }

    DiscardReport discard(FailedJobs which) {
        List<StoredJob> meant = meant(places.tombstones(), which);
        meant.forEach(this::discard);
        return new DiscardReport(meant.size(), meant.size(), 0, pruned(which));
    }

    void discard(StoredJob job) {
        job.moveTo(JobState.DISCARDED);
        places.keys().release(job, now);
    }

    /** How many of the jobs that are meant have failed and are forgotten. */
    long pruned(BulkAction action) {
        return action.fold(new BulkAction.Cases<>() {
            @Override
            public Long retry(FailedJobs which) {
                return DecideStep.this.pruned(which);
            }

            @Override
            public Long discard(FailedJobs which) {
                return retry(which);
            }

            @Override
            public Long cancel(WaitingJobs which) {
                return 0L;
            }
        });
    }

    long prune(Duration retention) {
        Instant oldest = now.minus(retention);
        List<StoredJob> old = places.tombstones().stream()
                .map(this::job)
                .filter(job -> job.lastFailedAt().isBefore(oldest))
                .toList();
        for (StoredJob job : old) {
            places.prune(job);
            places.keys().release(job, now);
        }
        places.throttles().prune(now);
        places.debounces().prune(places.jobs());
        places.waiters().prune(now);
        workers.marks().prune(oldest.minus(MARKS_ARE_KEPT_LONGER));
        return old.size();
    }

    long pruneCompleted(Duration retention) {
        Instant oldest = now.minus(retention);
        List<StoredJob> old = places.completed().entrySet().stream()
                .filter(completed -> completed.getValue().isBefore(oldest))
                .map(completed -> job(completed.getKey()))
                .toList();
        old.forEach(places::forget);
        return old.size();
    }

    /** A store need not know with which fingerprint those failed that it has pruned. */
    private long pruned(FailedJobs which) {
        return which instanceof FailedJobs.WithFingerprint
                ? 0
                : meant(places.pruned(), which).size();
    }

    private List<StoredJob> meant(Set<Long> among, FailedJobs which) {
        Predicate<StoredJob> isMeant = isMeant(which);
        return among.stream()
                .sorted()
                .map(this::job)
                .filter(job -> job.state() == JobState.FAILED)
                .filter(isMeant)
                .toList();
    }

    static Predicate<StoredJob> isMeant(FailedJobs which) {
        return which.fold(new FailedJobs.Cases<>() {
            @Override
            public Predicate<StoredJob> byId(Set<JobId> ids) {
                return job -> ids.contains(new JobId(job.id()));
            }

            @Override
            public Predicate<StoredJob> ofKind(String kind) {
                return job -> job.content().kind().equals(kind);
            }

            @Override
            public Predicate<StoredJob> inQueue(String queue) {
                return job -> job.content().queue().equals(queue);
            }

            @Override
            public Predicate<StoredJob> withFingerprint(String fingerprint) {
                return job -> fingerprint.equals(job.lastFailure().fingerprint());
            }
        });
    }

    private StoredJob job(long id) {
        StoredJob job = places.jobs().get(id);
        if (job == null) {
            throw new IllegalStateException("job " + new JobId(id) + " is not stored");
        }
        return job;
    }
}
