package io.headrace.engine;

import io.headrace.engine.claim.Claimers;
import io.headrace.engine.claim.CommitHold;
import io.headrace.engine.claim.CommitHolds;
import io.headrace.engine.claim.CommitWakes;
import io.headrace.engine.claim.Reservation;
import io.headrace.engine.client.EnqueueHost;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What an engine's own client does to it. */
record EngineHost(LongSupplier ownWorker, Claimers claimers, CommitHolds commitHolds, CommitWakes commitWakes)
        implements EnqueueHost {

    @Override
    public long worker() {
        return ownWorker.getAsLong();
    }

    @Override
    public @Nullable Reservation reserve(List<EncodedJob> jobs) {
        return claimers.reserve(jobs);
    }

    @Override
    public @Nullable CommitHold hold(List<EncodedJob> jobs) {
        return commitHolds.hold(jobs);
    }

    @Override
    public boolean serves(String queue) {
        return claimers.serve(queue);
    }

    @Override
    public void enqueued(String queue, Duration delay) {
        if (delay.isZero()) {
            claimers.enqueued(queue);
        } else {
            claimers.enqueued(queue, delay);
        }
    }

    @Override
    public void committed(String queue, Duration delay) {
        if (!delay.isZero()) {
            claimers.enqueued(queue, delay);
        } else if (claimers.serve(queue)) {
            commitWakes.committed(queue);
        }
    }
}
