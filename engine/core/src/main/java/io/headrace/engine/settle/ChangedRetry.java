package io.headrace.engine.settle;

import io.headrace.spi.Verdict;

/** Changes what a retry becomes, and leaves all other verdicts as they are. */
abstract class ChangedRetry implements Verdict.Cases<Verdict> {

    @Override
    public final Verdict completed() {
        return Verdict.Completed.INSTANCE;
    }

    @Override
    public final Verdict completedWith(Verdict.CompletedWith verdict) {
        return verdict;
    }

    /** A handler has named this delay: it holds to the millisecond. */
    @Override
    public final Verdict snoozed(Verdict.Snoozed verdict) {
        return verdict;
    }

    @Override
    public final Verdict awaiting(Verdict.Awaiting verdict) {
        return verdict;
    }

    @Override
    public final Verdict released() {
        return Verdict.Released.INSTANCE;
    }

    @Override
    public final Verdict failed(Verdict.Failed verdict) {
        return verdict;
    }

    @Override
    public final Verdict cancelled(Verdict.Cancelled verdict) {
        return verdict;
    }
}
