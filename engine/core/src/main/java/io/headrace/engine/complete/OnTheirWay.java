package io.headrace.engine.complete;

import io.headrace.TransactionRefusedException.Reason;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What an attempt has on its way for transactions of its handler. The end of the attempt waits for it: it may move the job to
 * another lease. Thread-safe.
 */
final class OnTheirWay {

    private final BooleanSupplier isOver;
    private int calls;
    private boolean exclusive;
    private boolean over;
    private @Nullable Runnable afterwards;

    OnTheirWay(BooleanSupplier isOver) {
        this.isOver = isOver;
    }

    /** Runs a call that comes to its end even if the caller cancels it: the answer says which lease the job has. */
    <T> Mono<T> call(Mono<T> call, Function<Reason, Throwable> refused) {
        return begin(false, call, refused);
    }

    /** The same for one of which there is one at a time. */
    <T> Mono<T> oneAtATime(Mono<T> call, Function<Reason, Throwable> refused) {
        return begin(true, call, refused);
    }

    private <T> Mono<T> begin(boolean alone, Mono<T> call, Function<Reason, Throwable> refused) {
        return Mono.defer(() -> {
            synchronized (this) {
                if (over || isOver.getAsBoolean()) {
                    return Mono.error(refused.apply(Reason.ATTEMPT_OVER));
                }
                if (alone && exclusive) {
                    return Mono.error(refused.apply(Reason.UNDER_WAY));
                }
                exclusive |= alone;
                calls++;
            }
            return call.doOnTerminate(() -> ended(alone)).cache();
        });
    }

    private void ended(boolean alone) {
        Runnable waiting = null;
        synchronized (this) {
            exclusive &= !alone;
            if (--calls == 0) {
                waiting = afterwards;
                afterwards = null;
            }
        }
        if (waiting != null) {
            waiting.run();
        }
    }

    /** The attempt has ended: runs this when nothing is on its way any more, and nothing will be. */
    void end(Runnable then) {
        synchronized (this) {
            over = true;
            if (calls > 0) {
                afterwards = then;
                return;
            }
        }
        then.run();
    }
}
