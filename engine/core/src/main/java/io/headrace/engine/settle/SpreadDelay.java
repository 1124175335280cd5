package io.headrace.engine.settle;

import io.headrace.spi.Verdict;
import java.time.Duration;

/** Spreads the delays of retries, so that jobs which failed together do not all come back at one moment. */
final class SpreadDelay extends ChangedRetry {

    private final double factor;

    SpreadDelay(double factor) {
        this.factor = factor;
    }

    @Override
    public Verdict retried(Verdict.Retried verdict) {
        Duration spread = Duration.ofMillis(Math.round(verdict.delay().toMillis() * factor));
        return new Verdict.Retried(spread, verdict.failure());
    }
}
