package io.headrace.postgres.connection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Lets a few reads through at a time, in the order in which they came. The others wait, for some time and up to some number.
 * A read that is let through must end by itself, and goes on if its caller leaves. Thread-safe.
 */
final class ReadGate {

    private static final int MOST_WAITING = 1_000;
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final int atOnce;
    private final Duration longestWait;
    private final Scheduler timers;
    private final Object lock = new Object();
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int reading;

    ReadGate(int atOnce, Duration longestWait, Scheduler timers) {
        this.atOnce = atOnce;
        this.longestWait = longestWait;
        this.timers = timers;
    }

    /** Runs a read when its turn comes; errors with a {@link TooManyReadsException} if it gets none. */
    <T> Mono<T> pass(Mono<T> read) {
        return Mono.defer(() -> {
            Turn turn = new Turn();
            return Unhurried.mono(
                    () -> {
                        enter(turn);
                        return turn.comes.thenCompose(go -> read.toFuture().whenComplete((value, error) -> leave()));
                    },
                    () -> giveUp(turn, "its caller cancelled"));
        });
    }

    private void enter(Turn turn) {
        boolean full;
        synchronized (lock) {
            if (reading < atOnce) {
                reading++;
                full = false;
            } else if (waiting.size() < MOST_WAITING) {
                waiting.addLast(turn);
                timers.schedule(
                        () -> giveUp(turn, "it waited for " + longestWait.toSeconds() + " s"),
                        longestWait.toNanos(),
                        TimeUnit.NANOSECONDS);
                return;
            } else {
                full = true;
            }
        }
        if (full) {
            turn.comes.completeExceptionally(new TooManyReadsException(atOnce, MOST_WAITING + " others wait"));
        } else {
            turn.comes.complete(null);
        }
    }

    /** Unless it has its turn. */
    private void giveUp(Turn turn, String why) {
        boolean waited;
        synchronized (lock) {
            waited = waiting.remove(turn);
        }
        if (waited) {
            turn.comes.completeExceptionally(new TooManyReadsException(atOnce, why));
        }
    }

    private void leave() {
        Turn next;
        synchronized (lock) {
            next = waiting.pollFirst();
            if (next == null) {
                reading--;
            }
        }
        if (next != null) {
            next.comes.complete(null);
        }
    }

    private static final class Turn {
        private final CompletableFuture<Void> comes = new CompletableFuture<>();
    }
}
