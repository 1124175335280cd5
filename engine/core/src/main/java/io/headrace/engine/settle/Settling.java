package io.headrace.engine.settle;

import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A verdict on its way to the store. */
final class Settling {

    private final LeasedJob job;
    private final Verdict verdict;
    private final double jitter;
    private final long length;
    private final @Nullable Consumer<Boolean> told;
    private @Nullable Settlement settlement;

    /**
     * @param jitter the share by which a delay is spread
     * @param length how many characters it adds to a statement
     * @param told of whether it was recorded; {@code null} for nobody
     */
    Settling(LeasedJob job, Verdict verdict, double jitter, long length, @Nullable Consumer<Boolean> told) {
        this.job = job;
        this.verdict = verdict;
        this.jitter = jitter;
        this.length = length;
        this.told = told;
    }

    LeasedJob job() {
        return job;
    }

    Verdict verdict() {
        return verdict;
    }

    @Nullable
    Consumer<Boolean> told() {
        return told;
    }

    /** How many characters it adds to a statement. */
    long length() {
        return length;
    }

    /** What was sent to the store; {@code null} if nothing was. */
    @Nullable
    Settlement sent() {
        return settlement;
    }

    /** @param spread between -1 and 1: the same for all that leave together */
    Settlement send(double spread) {
        Verdict order = jitter == 0 || verdict == Verdict.Completed.INSTANCE
                ? verdict
                : verdict.fold(new SpreadDelay(1 + jitter * spread));
        Settlement sent =
                new Settlement(job.lease().id(), job.job().id(), job.job().uniqueKey() != null, order);
        settlement = sent;
        return sent;
    }
}
