package io.headrace.engine.operate;

import io.headrace.operate.Actor;
import io.headrace.operate.NotPermittedException;
import io.headrace.operate.Right;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What an actor passes with each call: the one place that checks rights, and has decisions logged. Thread-safe. */
final class Gate {

    private final Actor actor;
    private final Logbook logbook;

    Gate(Actor actor, Logbook logbook) {
        this.actor = actor;
        this.logbook = logbook;
    }

    /** The gate of somebody else, who may do nothing here that this actor may not. */
    Gate as(Actor other) {
        Set<Right> shared = other.rights().stream().filter(actor::may).collect(Collectors.toUnmodifiableSet());
        return new Gate(new Actor(other.name(), shared), logbook);
    }

    /** Under which name decisions are logged. */
    String name() {
        return actor.name();
    }

    boolean allows(Right right) {
        return actor.may(right);
    }

    /** Reads one. */
    <T> Mono<T> see(Right right, Supplier<Mono<T>> read) {
        return Mono.defer(() -> allows(right) ? read.get() : Mono.error(refusal(right)));
    }

    /** Reads many. */
    <T> Flux<T> seeAll(Right right, Supplier<? extends Publisher<T>> read) {
        return Flux.defer(() -> allows(right) ? read.get() : Flux.error(refusal(right)));
    }

    /** Decides, and has it logged. */
    <T> Mono<T> decide(Act act, String subject, Supplier<Mono<T>> decision, Function<? super T, Answer> said) {
        return see(act.right(), () -> logbook.keep(actor.name(), act, subject, decision, said));
    }

    /** Decides what has no result. */
    Mono<Void> decide(Act act, String subject, Supplier<Mono<Void>> decision) {
        return decide(act, subject, decision, nothing -> Answer.DONE);
    }

    private NotPermittedException refusal(Right right) {
        return new NotPermittedException(actor.name(), right);
    }
}
