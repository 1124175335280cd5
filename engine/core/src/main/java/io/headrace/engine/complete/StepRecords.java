package io.headrace.engine.complete;

import static io.headrace.TransactionRefusedException.Reason.ALREADY_RECORDED;

import io.headrace.AttemptEndedException;
import io.headrace.JobId;
import io.headrace.TransactionRefusedException;
import io.headrace.TransactionRefusedException.Reason;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewStep;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Mono;

/** How one attempt records steps in transactions of its handler. Thread-safe. */
final class StepRecords {

    private final LeasedJob leased;
    private final BooleanSupplier isOver;
    private final OwnLease lease;
    private final Completions tools;
    private volatile boolean sent;

    StepRecords(LeasedJob leased, BooleanSupplier isOver, OwnLease lease, Completions tools) {
        this.leased = leased;
        this.isOver = isOver;
        this.lease = lease;
        this.tools = tools;
    }

    /**
     * Records a step.
     *
     * @param step under any lease
     * @param gone whether the caller has cancelled: its connection may be in the hands of somebody else
     * @return the number of the transaction
     */
    Mono<String> in(JobTransaction given, NewStep step, BooleanSupplier gone) {
        return lease.had().then(Mono.defer(() -> record(given, step, gone)));
    }

    private Mono<String> record(JobTransaction given, NewStep step, BooleanSupplier gone) {
        if (gone.getAsBoolean() || isOver.getAsBoolean()) {
            return Mono.error(over(step.name()));
        }
        // Even if it fails: the transaction may hold the lease until it is rolled back.
        sent = true;
        return given.record(tools.worker(), step.under(leased.lease().id()))
                .flatMap(answer -> switch (answer.answer()) {
                    case DONE -> {
                        lease.isFound();
                        yield Mono.just(answer.transaction());
                    }
                    case ON_RECORD -> Mono.error(refused(step.name(), ALREADY_RECORDED));
                    case NOT_FOUND, NOT_SEEN ->
                        lease.look(null)
                                .flatMap(inStore -> lease.notDone(
                                        answer.answer(),
                                        inStore,
                                        lease.lost("step '" + step.name() + "'"),
                                        reason -> refused(step.name(), reason),
                                        () -> record(given, step, gone)));
                });
    }

    /** Whether a transaction that may be open has recorded a step: it keeps the lease until then. */
    boolean isSent() {
        return sent;
    }

    Throwable refusedOrOver(String step, Reason reason) {
        return reason == Reason.ATTEMPT_OVER ? over(step) : refused(step, reason);
    }

    private AttemptEndedException over(String step) {
        return new AttemptEndedException(new JobId(leased.job().id()), "step '" + step + "'");
    }

    private TransactionRefusedException refused(String step, Reason reason) {
        return new TransactionRefusedException(new JobId(leased.job().id()), step, reason);
    }
}
