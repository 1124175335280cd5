package io.headrace.engine.run;

import io.headrace.JobHandler;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.Verdict;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An attempt that an observer is told of. What is broken off before its handler was called has not begun, and has no end. */
final class ObservedRun<T> extends HandlerRun<T> {

    private final AttemptClock clock;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private volatile long beganNanos;

    private enum Phase {
        WAITING,
        BEGUN,
        OVER
    }

    ObservedRun(LeasedJob leased, JobHandler<T> handler, Timeouts timeouts, AttemptTools tools, Runnable freed) {
        super(leased, handler, timeouts, tools, freed);
        this.clock = tools.clock();
    }

    @Override
    void starts() {
        long now = clock.began(leased());
        beganNanos = now;
        if (!phase.compareAndSet(Phase.WAITING, Phase.BEGUN)) {
            // It was broken off at this very moment, by somebody who did not know that it began.
            clock.ended(leased(), null, now);
        }
    }

    @Override
    public void ended(@Nullable Verdict verdict) {
        super.ended(verdict);
        if (phase.getAndSet(Phase.OVER) == Phase.BEGUN) {
            clock.ended(leased(), verdict, beganNanos);
        }
    }
}
