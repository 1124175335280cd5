package io.headrace.testkit.memory.complete;

import io.headrace.CompletionRefusedException;
import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.LeaseLostException;
import io.headrace.spi.CompletedIn;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.Settlement;
import io.headrace.testkit.memory.lease.MemoryLeases;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.Steps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A transaction: what is done in it happens at the commit. Until then it holds leases, which nobody else takes. */
public final class MemoryTransaction implements JobTransaction {

    private final Steps steps;
    private final Contents contents;
    private final MemoryLeases leases;
    private final String number;
    private final List<Done> done = new ArrayList<>();
    private boolean ended;

    private record Done(long worker, Settlement completion) {}

    public MemoryTransaction(Steps steps, Contents contents, MemoryLeases leases, String number) {
        this.steps = steps;
        this.contents = contents;
        this.leases = leases;
        this.number = number;
    }

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return Mono.error(new UnsupportedOperationException(
                "A transaction of the in-memory store completes jobs, and does not enqueue. Enqueue with"
                        + " JobOutcome.completeThen, or outside of the transaction"));
    }

    @Override
    public Mono<CompletedIn> complete(long worker, Settlement completion) {
        return steps.step(now -> {
            if (ended) {
                throw new CompletionRefusedException(
                        new JobId(completion.job()), CompletionRefusedException.Reason.NO_TRANSACTION);
            }
            Lease lease = find(worker, completion);
            if (lease == null || lease.isInTransaction()) {
                return new CompletedIn(CompletedIn.Answer.NOT_FOUND, "");
            }
            lease.takenInto(this);
            done.add(new Done(worker, completion));
            return new CompletedIn(CompletedIn.Answer.DONE, number);
        });
    }

    private @Nullable Lease find(long worker, Settlement completion) {
        Lease lease = contents.places().leases().get(completion.lease());
        return lease != null
                        && lease.worker() == worker
                        && lease.jobs().size() == 1
                        && lease.jobs().containsKey(completion.job())
                ? lease
                : null;
    }

    /** Does what was done in it. Fails, and rolls back, if a job was cancelled meanwhile. */
    public Mono<Void> commit() {
        return steps.run(this::commit);
    }

    private void commit(Instant now) {
        ended = true;
        for (Done each : done) {
            if (find(each.worker, each.completion) == null) {
                letGo();
                throw new LeaseLostException(new JobId(each.completion.job()), each.completion.lease());
            }
        }
        letGo();
        for (Done each : done) {
            var unused = leases.settle(each.worker, List.of(each.completion), now);
        }
        leases.committed(number);
    }

    /** Does nothing of what was done in it. */
    public Mono<Void> rollback() {
        return steps.run(now -> {
            ended = true;
            letGo();
        });
    }

    private void letGo() {
        contents.places().leases().values().forEach(lease -> lease.letGoBy(this));
    }
}
