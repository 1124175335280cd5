package io.headrace.testkit.memory.complete;

import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.LeaseLostException;
import io.headrace.TransactionRefusedException;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewStep;
import io.headrace.spi.Settlement;
import io.headrace.spi.TransactionAnswer;
import io.headrace.testkit.memory.lease.MemoryLeases;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.Steps;
import io.headrace.testkit.memory.step.MemorySteps;
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
    private final MemorySteps records;
    private final String number;
    private final List<Recorded> recorded = new ArrayList<>();
    private final List<Done> done = new ArrayList<>();
    private boolean ended;

    private record Recorded(long worker, NewStep step) {}

    private record Done(long worker, Settlement completion) {}

    public MemoryTransaction(Steps steps, Contents contents, MemoryLeases leases, MemorySteps records, String number) {
        this.steps = steps;
        this.contents = contents;
        this.leases = leases;
        this.records = records;
        this.number = number;
    }

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return Mono.error(new UnsupportedOperationException(
                "A transaction of the in-memory store completes jobs, and does not enqueue. Enqueue with"
                        + " JobOutcome.completeThen, or outside of the transaction"));
    }

    @Override
    public Mono<TransactionAnswer> complete(long worker, Settlement completion) {
        return steps.step(now -> {
            if (ended) {
                throw new TransactionRefusedException(
                        new JobId(completion.job()), TransactionRefusedException.Reason.NO_TRANSACTION);
            }
            Lease lease = find(worker, completion.lease(), completion.job());
            if (lease == null || lease.isTaken()) {
                return new TransactionAnswer(TransactionAnswer.Answer.NOT_FOUND, "");
            }
            lease.takenInto(this);
            done.add(new Done(worker, completion));
            return new TransactionAnswer(TransactionAnswer.Answer.DONE, number);
        });
    }

    @Override
    public Mono<TransactionAnswer> record(long worker, NewStep step) {
        return steps.step(now -> {
            if (ended) {
                throw new TransactionRefusedException(
                        new JobId(step.job()), step.name(), TransactionRefusedException.Reason.NO_TRANSACTION);
            }
            Lease lease = find(worker, step.lease(), step.job());
            if (lease == null || lease.isTaken()) {
                return new TransactionAnswer(TransactionAnswer.Answer.NOT_FOUND, "");
            }
            lease.keptBy(this);
            records.begun(number);
            if (records.has(step) || recorded.stream().anyMatch(each -> isSame(each.step, step))) {
                return new TransactionAnswer(TransactionAnswer.Answer.ON_RECORD, "");
            }
            recorded.add(new Recorded(worker, step));
            return new TransactionAnswer(TransactionAnswer.Answer.DONE, number);
        });
    }

    private static boolean isSame(NewStep one, NewStep other) {
        return one.job() == other.job() && one.name().equals(other.name());
    }

    private @Nullable Lease find(long worker, long id, long job) {
        Lease lease = contents.places().leases().get(id);
        return lease != null
                        && lease.worker() == worker
                        && lease.jobs().size() == 1
                        && lease.jobs().containsKey(job)
                ? lease
                : null;
    }

    /** Does what was done in it. Fails, and rolls back, if a job was cancelled meanwhile. */
    public Mono<Void> commit() {
        return steps.run(this::commit);
    }

    private void commit(Instant now) {
        ended = true;
        letGo();
        for (Recorded each : recorded) {
            requireHeld(each.worker, each.step.lease(), each.step.job());
        }
        for (Done each : done) {
            requireHeld(each.worker, each.completion.lease(), each.completion.job());
        }
        for (Recorded each : recorded) {
            var unused = records.recorded(each.worker, each.step, now);
        }
        for (Done each : done) {
            var unused = leases.settle(each.worker, List.of(each.completion), now);
        }
        leases.committed(number);
    }

    private void requireHeld(long worker, long lease, long job) {
        if (find(worker, lease, job) == null) {
            throw new LeaseLostException(new JobId(job), lease);
        }
    }

    /** Does nothing of what was done in it. */
    public Mono<Void> rollback() {
        return steps.run(now -> {
            ended = true;
            letGo();
        });
    }

    private void letGo() {
        records.ended(number);
        contents.places().leases().values().forEach(lease -> lease.letGoBy(this));
    }
}
