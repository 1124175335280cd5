package io.headrace.testkit.memory.lease;

import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.LeasedPart;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.headrace.spi.PollAnswer;
import io.headrace.spi.PollRequest;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.FollowUps;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.Steps;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Leases jobs and records what became of them. */
public final class MemoryLeases implements LeaseStore {

    private final Steps steps;
    private final Contents contents;
    private final FollowUps followUps;
    private final boolean held;
    private final Set<String> committed = new HashSet<>();
    private long lastLease;

    /**
     * Leases what stands in the contents.
     *
     * @param followUps takes the jobs that outcomes enqueue, in the step that records them
     * @param held whether jobs are leased only while somebody {@linkplain Steps#isIdleAwaited waits for the store to be idle}
     */
    public MemoryLeases(Steps steps, Contents contents, FollowUps followUps, boolean held) {
        this.followUps = followUps;
        this.steps = steps;
        this.contents = contents;
        this.held = held;
    }

    @Override
    public Mono<Claim> claim(ClaimRequest request) {
        return steps.step(now -> claim(request, now));
    }

    /** Claims as a part of another step. */
    public Claim claim(ClaimRequest request, Instant now) {
        if (contents.paused().containsKey(request.queue())) {
            return Claim.ofPausedQueue();
        }
        Worker worker = contents.workers().find(request.worker());
        return worker == null || worker.isSilent(now) || (held && !steps.isIdleAwaited())
                ? Claim.nothing()
                : new ClaimStep(contents.places(), request, () -> ++lastLease, now).run();
    }

    @Override
    public Mono<List<PollAnswer>> poll(List<PollRequest> requests) {
        return steps.step(now -> requests.stream()
                .map(request -> new PollStep(contents, request, now).run())
                .toList());
    }

    @Override
    public Mono<List<Payload>> payloads(List<PayloadRequest> requests) {
        return steps.step(now -> {
            List<Payload> payloads = new ArrayList<>();
            for (PayloadRequest request : requests) {
                StoredJob job = contents.places().jobs().get(request.job());
                if (job != null) {
                    payloads.add(job.payload(request));
                }
            }
            return payloads;
        });
    }

    @Override
    public Mono<List<Settlement>> settle(long worker, List<Settlement> settlements) {
        // A worker does not know whether a signal has come before.
        boolean awaits = settlements.stream().anyMatch(each -> each.verdict() instanceof Verdict.Awaiting);
        return steps.step(awaits ? 0 : worker, now -> settle(worker, settlements, now));
    }

    /** Settles as a part of another step. */
    public List<Settlement> settle(long worker, List<Settlement> settlements, Instant now) {
        String version = contents.workers().marks().version(worker);
        return new SettleStep(contents.places(), followUps, worker, version, now).run(settlements);
    }

    /** A transaction has been committed. Guarded by the store's lock. */
    public void committed(String transaction) {
        committed.add(transaction);
    }

    @Override
    public Mono<List<CompletionLook.Answer>> completions(long worker, List<CompletionLook> looks) {
        return steps.step(now -> looks.stream().map(look -> look(worker, look)).toList());
    }

    private CompletionLook.Answer look(long worker, CompletionLook look) {
        Lease lease = contents.places().leases().get(look.lease());
        if (lease != null && lease.worker() == worker && lease.jobs().containsKey(look.job())) {
            if (lease.isTaken()) {
                return CompletionLook.Answer.OPEN;
            }
            return lease.isInTransaction() ? CompletionLook.Answer.KEPT : CompletionLook.Answer.HELD;
        }
        String transaction = look.transaction();
        return transaction != null && committed.contains(transaction)
                ? CompletionLook.Answer.COMPLETED
                : CompletionLook.Answer.LOST;
    }

    @Override
    public Mono<List<Long>> split(long worker, List<LeasedPart> parts) {
        return steps.step(now -> new SplitStep(contents.places(), worker, () -> ++lastLease, now).run(parts));
    }

    @Override
    public Mono<Void> note(long worker, List<ProgressNote> notes) {
        return steps.run(now -> notes.forEach(note -> note(worker, note)));
    }

    private void note(long worker, ProgressNote note) {
        Lease lease = contents.places().leases().get(note.lease());
        if (lease == null || lease.worker() != worker || !lease.jobs().containsKey(note.job())) {
            return;
        }
        if (note.progress() == null) {
            contents.places().progress().remove(note.job());
        } else {
            contents.places().progress().put(note.job(), note.progress());
        }
    }
}
