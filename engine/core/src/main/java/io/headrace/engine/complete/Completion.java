package io.headrace.engine.complete;

import static io.headrace.TransactionRefusedException.Reason.ALREADY_COMPLETED;
import static io.headrace.TransactionRefusedException.Reason.ATTEMPT_OVER;

import io.headrace.JobId;
import io.headrace.TransactionRefusedException;
import io.headrace.TransactionRefusedException.Reason;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.Settlement;
import io.headrace.spi.TransactionAnswer;
import io.headrace.spi.Verdict;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How one attempt completes its job in transactions of its handler, one after the other. Thread-safe. */
final class Completion {

    private final LeasedJob leased;
    private final BooleanSupplier isOver;
    private final OwnLease lease;
    private final Completions tools;
    private volatile boolean sent;
    private volatile @Nullable String transaction;
    private volatile Verdict done = Verdict.Completed.INSTANCE;

    Completion(LeasedJob leased, BooleanSupplier isOver, OwnLease lease, Completions tools) {
        this.leased = leased;
        this.isOver = isOver;
        this.lease = lease;
        this.tools = tools;
    }

    /** @param gone whether the caller has cancelled: its connection may be in the hands of somebody else */
    Mono<Void> in(JobTransaction given, Verdict verdict, BooleanSupplier gone) {
        return requireRolledBack(this::refused)
                .then(lease.had())
                .then(Mono.defer(() -> complete(given, verdict, gone)));
    }

    private Mono<Void> complete(JobTransaction given, Verdict verdict, BooleanSupplier gone) {
        if (gone.getAsBoolean() || isOver.getAsBoolean()) {
            return Mono.error(refused(ATTEMPT_OVER));
        }
        boolean before = sent;
        sent = true;
        Settlement completion = new Settlement(
                leased.lease().id(), leased.job().id(), leased.job().uniqueKey() != null, verdict, 1);
        return given.complete(tools.worker(), completion).flatMap(answer -> {
            if (answer.answer() == TransactionAnswer.Answer.DONE) {
                transaction = answer.transaction();
                done = verdict;
                leased.lease().leaves();
                return Mono.empty();
            }
            sent = before;
            return look().flatMap(inStore -> lease.notDone(
                    answer.answer(), inStore, lease.lost(), this::refused, () -> complete(given, verdict, gone)));
        });
    }

    /** If the job was completed in a transaction before, that must have been rolled back. */
    private Mono<Void> requireRolledBack(Function<Reason, Throwable> refused) {
        return Mono.defer(() -> sent
                ? look().flatMap(answer -> switch (answer) {
                    case HELD, KEPT -> Mono.empty();
                    case LOST -> Mono.error(lease.lost());
                    case COMPLETED, OPEN -> Mono.error(refused.apply(ALREADY_COMPLETED));
                })
                : Mono.empty());
    }

    /** The attempt goes on with another transaction: if the job was completed in one before, that must have been rolled back. */
    Mono<Void> reopen(Function<Reason, Throwable> refused) {
        return requireRolledBack(refused).then(Mono.fromRunnable(() -> {
            if (sent) {
                sent = false;
                leased.lease().stays();
            }
        }));
    }

    private Mono<CompletionLook.Answer> look() {
        return Mono.defer(() -> lease.look(transaction));
    }

    CompletionLook question() {
        return lease.question(transaction);
    }

    /** Whether the job is completed in a transaction, which may be open: it has the lease until then. */
    boolean isSent() {
        return sent;
    }

    /** The verdict with which it was completed. */
    Verdict done() {
        return done;
    }

    TransactionRefusedException refused(Reason reason) {
        return new TransactionRefusedException(new JobId(leased.job().id()), reason);
    }
}
