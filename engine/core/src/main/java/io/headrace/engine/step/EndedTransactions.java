package io.headrace.engine.step;

import io.headrace.engine.flush.SharedCalls;
import io.headrace.spi.StepStore;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Asks whether transactions have ended, by one query for all that ask together. Thread-safe. */
final class EndedTransactions {

    private static final int MOST = 500;
    private static final Duration FIRST_WAIT = Duration.ofMillis(2);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(512);

    private final SharedCalls<String, Boolean> open;
    private final Scheduler clock;

    EndedTransactions(StepStore store, Scheduler clock) {
        this.open = new SharedCalls<>(MOST, 1, store::areOpen);
        this.clock = clock;
    }

    /** Whether a transaction has ended, or ends within about a second. */
    Mono<Boolean> hasEnded(String transaction) {
        return hasEnded(transaction, FIRST_WAIT);
    }

    private Mono<Boolean> hasEnded(String transaction, Duration wait) {
        return open.ask(transaction).flatMap(isOpen -> {
            if (!isOpen) {
                return Mono.just(true);
            }
            return wait.compareTo(LONGEST_WAIT) > 0
                    ? Mono.just(false)
                    : Mono.delay(wait, clock).flatMap(waited -> hasEnded(transaction, wait.multipliedBy(2)));
        });
    }
}
