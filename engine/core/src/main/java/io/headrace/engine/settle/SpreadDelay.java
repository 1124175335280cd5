package io.headrace.engine.settle;

import io.headrace.spi.Verdict;
import java.time.Duration;

/** Spreads the delays of retries, so that jobs which failed together do not all come back at one moment. */
record SpreadDelay(double factor) implements Verdict.Cases<Verdict> {

    @Override
    public Verdict completed() {
        return Verdict.Completed.INSTANCE;
    }

    @Override
    public Verdict retried(Verdict.Retried verdict) {
        Duration spread = Duration.ofMillis(Math.round(verdict.delay().toMillis() * factor));
        return new Verdict.Retried(spread, verdict.failure());
    }

    /** A handler has named this delay: it holds to the millisecond. */
    @Override
    public Verdict snoozed(Verdict.Snoozed verdict) {
        return verdict;
    }

    @Override
    public Verdict released() {
        return Verdict.Released.INSTANCE;
    }

    @Override
    public Verdict failed(Verdict.Failed verdict) {
        return verdict;
    }

    @Override
    public Verdict cancelled(Verdict.Cancelled verdict) {
        return verdict;
    }
}
