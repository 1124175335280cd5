package io.headrace.engine.run;

import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.Verdicts;
import io.headrace.observe.JobObserver;
import io.headrace.spi.Verdict;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** Tells an observer when attempts begin and end, and how long they waited and took. */
public record AttemptClock(JobObserver observer, Scheduler scheduler) {

    /** Whether anybody is told. */
    boolean isObserved() {
        return observer != JobObserver.NONE;
    }

    /** Answers the moment, for {@link #ended}. */
    long began(LeasedJob leased) {
        if (!isObserved()) {
            return 0;
        }
        long hereMillis = Math.max(0, scheduler.now(TimeUnit.MILLISECONDS) - leased.claimedMillis());
        observer.began(
                leased.holder().queue(),
                leased.job().kind(),
                TimeUnit.MILLISECONDS.toNanos(leased.job().waitedMillis() + hereMillis));
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    /** The moment, for {@link #called}. */
    long now() {
        return isObserved() ? scheduler.now(TimeUnit.NANOSECONDS) : 0;
    }

    /** A call of a batch handler is over. */
    void called(LeasedJob one, int jobs, long calledNanos) {
        if (isObserved()) {
            observer.called(
                    one.holder().queue(), one.job().kind(), jobs, scheduler.now(TimeUnit.NANOSECONDS) - calledNanos);
        }
    }

    /** @param verdict none if the lease is lost */
    void ended(LeasedJob leased, @Nullable Verdict verdict, long beganNanos) {
        if (isObserved()) {
            observer.ended(
                    leased.holder().queue(),
                    leased.job().kind(),
                    Verdicts.end(verdict),
                    scheduler.now(TimeUnit.NANOSECONDS) - beganNanos);
        }
    }
}
