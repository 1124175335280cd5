package io.headrace.postgres.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * One use of a connection, from asking for one until its place is free again. It ends once: with what the body signals, at
 * its limit, or when the connection is found closed. So the place does not depend on the driver, which signals nothing if
 * an {@link OutOfMemoryError} passes through it. The caller may go; the use is finished all the same, since a statement
 * that is on its way is never cancelled.
 */
final class Use<T> {

    private final Pool pool;
    private final Duration limit;
    private final Function<SqlChannel, Mono<T>> body;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean left = new AtomicBoolean();
    private final Disposable.Swap timer = Disposables.swap();
    private final Disposable.Swap running = Disposables.swap();
    private volatile @Nullable Session session;
    private volatile @Nullable T value;
    private boolean seenClosed;

    Use(Pool pool, Duration limit, Function<SqlChannel, Mono<T>> body) {
        this.pool = pool;
        this.limit = limit;
        this.body = body;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /** It has to wait for a place, until the pool gives it up. */
    void waits(Duration atMost) {
        timer.update(after(atMost, () -> pool.giveUp(this)));
    }

    /** It has a connection. Whatever is thrown from here on, the connection's place is given back. */
    void take(Session given) {
        session = given;
        try {
            timer.update(after(
                    limit,
                    () -> end(new TimeoutException(
                            "The statement took longer than " + limit.toMillis() + " ms; its connection was closed"))));
            given.scheduler().schedule(this::run);
        } catch (Throwable e) {
            end(e);
        }
    }

    /** It gets no connection. */
    void refuse(Throwable error) {
        if (ended.compareAndSet(false, true)) {
            timer.dispose();
            answer(error);
        }
    }

    /** Whether it has its place still; once. */
    boolean leaves() {
        return left.compareAndSet(false, true);
    }

    private void run() {
        Session given = session;
        if (ended.get() || given == null) {
            return;
        }
        try {
            running.update(body.apply(given.channel()).subscribe(result -> value = result, this::end, () -> end(null)));
        } catch (Throwable e) {
            end(e);
        }
    }

    /** Called now and then: a connection that was closed some time ago signals nothing any more. */
    void look() {
        Session given = session;
        if (given == null || given.isConnected()) {
            return;
        }
        if (seenClosed) {
            end(new ConnectionLostException());
        }
        seenClosed = true;
    }

    private void end(@Nullable Throwable error) {
        Session given = session;
        if (given == null || !ended.compareAndSet(false, true)) {
            return;
        }
        timer.dispose();
        pool.giveBack(this, given, error, () -> answer(error));
        if (error != null) {
            // Nobody reads on; what is still on its way is dropped.
            running.dispose();
        }
    }

    private void answer(@Nullable Throwable error) {
        if (error == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(error instanceof Error thrown ? new ThrownErrorException(thrown) : error);
        }
    }

    private Disposable after(Duration delay, Runnable task) {
        return pool.timers().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
