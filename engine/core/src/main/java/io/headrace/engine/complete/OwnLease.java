package io.headrace.engine.complete;

import static io.headrace.TransactionRefusedException.Reason.ALREADY_COMPLETED;
import static io.headrace.TransactionRefusedException.Reason.OLD_SNAPSHOT;
import static io.headrace.TransactionRefusedException.Reason.OTHER_DATABASE;

import io.headrace.JobId;
import io.headrace.LeaseLostException;
import io.headrace.TransactionRefusedException;
import io.headrace.TransactionRefusedException.Reason;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.TransactionAnswer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The lease in which the job of an attempt is alone, so that a transaction can hold it and hold up nobody else. Thread-safe. */
final class OwnLease {

    private final LeasedJob leased;
    private final BooleanSupplier isOver;
    private final Completions tools;
    /** The store has been seen to know it, too. */
    private volatile boolean alone;

    private @Nullable Mono<Void> splitting;

    /** @param isOver whether the attempt has ended */
    OwnLease(LeasedJob leased, BooleanSupplier isOver, Completions tools) {
        this.leased = leased;
        this.isOver = isOver;
        this.tools = tools;
    }

    /** Completes when the job has one. */
    Mono<Void> had() {
        return Mono.defer(() -> {
            if (leased.lease().hasLost(leased.job().id())) {
                return Mono.error(lost());
            }
            return alone || leased.lease().unsettled() == 1 ? Mono.empty() : split();
        });
    }

    /** The store has found it alone. */
    void isFound() {
        alone = true;
    }

    /** Gives the job a lease of its own, once for all that ask meanwhile. */
    synchronized Mono<Void> split() {
        Mono<Void> underWay = splitting;
        if (underWay == null) {
            underWay = tools.split(leased)
                    .flatMap(this::answered)
                    .doOnTerminate(this::isSplit)
                    .cache();
            splitting = underWay;
        }
        return underWay;
    }

    private synchronized void isSplit() {
        splitting = null;
    }

    private Mono<Void> answered(boolean held) {
        alone = held;
        if (isOver.getAsBoolean()) {
            // It may have left the lease that it was passed on from.
            leased.lease().end(leased.job().id());
        }
        return held ? Mono.empty() : Mono.error(lost());
    }

    /** @param transaction in which the job was completed last, if it was */
    CompletionLook question(@Nullable String transaction) {
        return new CompletionLook(leased.lease().id(), leased.job().id(), transaction);
    }

    Mono<CompletionLook.Answer> look(@Nullable String transaction) {
        return Mono.defer(() -> tools.look(question(transaction)));
    }

    /**
     * Says why a statement in a transaction of the handler did nothing, or repeats it in a lease of the job's own.
     *
     * @param inStore what the store says of the job outside of that transaction
     * @param lost the error if somebody else has the job
     * @param refused makes the error that names the reason
     */
    <T> Mono<T> notDone(
            TransactionAnswer.Answer answer,
            CompletionLook.Answer inStore,
            LeaseLostException lost,
            Function<Reason, TransactionRefusedException> refused,
            Supplier<Mono<T>> again) {
        return switch (inStore) {
            case LOST -> Mono.error(lost);
            case COMPLETED, OPEN -> Mono.error(refused.apply(ALREADY_COMPLETED));
            case HELD, KEPT -> {
                if (answer == TransactionAnswer.Answer.NOT_SEEN) {
                    yield Mono.error(refused.apply(OLD_SNAPSHOT));
                }
                // Perhaps it is not alone after all: an outcome of another job of its lease could not be recorded.
                yield alone ? Mono.error(refused.apply(OTHER_DATABASE)) : split().then(Mono.defer(again));
            }
        };
    }

    LeaseLostException lost() {
        return new LeaseLostException(
                new JobId(leased.job().id()), leased.lease().id());
    }

    /** @param what names what was not recorded */
    LeaseLostException lost(String what) {
        return new LeaseLostException(
                new JobId(leased.job().id()), leased.lease().id(), what);
    }
}
