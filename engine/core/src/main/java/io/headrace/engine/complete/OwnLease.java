package io.headrace.engine.complete;

import io.headrace.JobId;
import io.headrace.LeaseLostException;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.CompletionLook;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The lease in which the job of an attempt is alone, so that a transaction can hold it and hold up nobody else. Thread-safe. */
final class OwnLease {

    private final LeasedJob leased;
    private final BooleanSupplier isOver;
    private final Completions tools;
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

    /** Whether it is known to be alone, to the store as well. */
    boolean isAlone() {
        return alone;
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
