package io.headrace.engine.run;

import io.headrace.Job;
import io.headrace.JobHandler;
import io.headrace.RetryPolicy;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.Verdicts;
import io.headrace.spi.Verdict;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attempt of one job of a batch handler: it waits for others, then has its part in a call. It can be broken off at any
 * time without the others. Thread-safe.
 */
final class BatchedJob implements AttemptEnding.Owner {

    private final AttemptEnding ending;
    private final AttemptClock clock;
    private final Consumer<BatchedJob> left;
    private volatile boolean withdrawn;
    private @Nullable BatchRun<?> run;
    private boolean over;
    private boolean began;
    private long beganNanos;

    /** @param left told if it is broken off, which frees its slot */
    BatchedJob(LeasedJob leased, AttemptTools tools, Consumer<BatchedJob> left) {
        this.ending = new AttemptEnding(leased, tools);
        this.clock = tools.clock();
        this.left = left;
    }

    LeasedJob leased() {
        return ending.leased();
    }

    @Override
    public long jobId() {
        return leased().job().id();
    }

    boolean isOver() {
        return ending.isOver();
    }

    /** Whether it was broken off. */
    boolean isWithdrawn() {
        return withdrawn;
    }

    /** From now on it can be broken off. */
    void begin() {
        leased().lease().begin(this);
    }

    /** Takes part in a call, which is told once this is over; answers whether it still can. */
    synchronized boolean joins(BatchRun<?> call) {
        if (over) {
            return false;
        }
        run = call;
        return true;
    }

    /** Its handler is about to be called. */
    void starts() {
        if (!clock.isObserved()) {
            return;
        }
        long now = clock.began(leased());
        boolean late;
        synchronized (this) {
            late = over;
            began = !late;
            beganNanos = now;
        }
        if (late) {
            clock.ended(leased(), null, now);
        }
    }

    <T> Job<T> decode(JobHandler<T> handler) {
        return ending.tools().decoder().decode(leased(), handler.type(), handler.retry(), ending);
    }

    /** Ends with the decided verdict, and returns whether this call ended it. If so, the caller frees its slot. */
    boolean settle(Function<LeasedJob, Verdict> decide, RetryPolicy policy) {
        if (!ending.begins(this)) {
            return false;
        }
        // What broke has failed the engine: nobody else is to be told.
        var unused = ending.settle(this, verdict(decide, policy), policy, null);
        return true;
    }

    private Verdict verdict(Function<LeasedJob, Verdict> decide, RetryPolicy policy) {
        try {
            return decide.apply(leased());
        } catch (Throwable e) {
            return Verdicts.of(e, leased(), policy);
        }
    }

    @Override
    public void breakOff(@Nullable Verdict verdict) {
        if (!ending.begins(this)) {
            return;
        }
        withdrawn = true;
        try {
            ending.breakOff(this, verdict);
        } finally {
            left.accept(this);
        }
    }

    @Override
    public void ended(@Nullable Verdict verdict) {
        BatchRun<?> call;
        boolean told;
        synchronized (this) {
            over = true;
            call = run;
            told = began;
        }
        if (told) {
            clock.ended(leased(), verdict, beganNanos);
        }
        if (call != null) {
            call.oneIsOver();
        }
    }
}
