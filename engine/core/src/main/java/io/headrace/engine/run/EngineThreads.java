package io.headrace.engine.run;

import org.jspecify.annotations.Nullable;
import reactor.core.Scannable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Where things run.
 *
 * @param handlers where handlers that do not block are subscribed to
 * @param upkeep where heartbeats, sweeps, polls, timeouts and all other timers of the engine run; a handler that blocks must not
 *     keep them waiting
 * @param isOwned whether that is a thread of the engine's own, which ends with it
 */
public record EngineThreads(Scheduler handlers, Scheduler upkeep, boolean isOwned) {

    private static final String NAME = "headrace";

    /**
     * As it was set.
     *
     * @param forAll where everything runs that nothing else is said of; {@code null} for a thread of the engine's own, beside
     *     Reactor's for handlers
     */
    public static EngineThreads of(@Nullable Scheduler forAll, @Nullable Scheduler forHandlers) {
        if (forAll != null) {
            return new EngineThreads(forHandlers == null ? forAll : forHandlers, forAll, false);
        }
        Scheduler own = Schedulers.newSingle(NAME, true);
        // Virtual time puts one scheduler in the place of all others, and that one is not the engine's to end.
        boolean isOwned = Scannable.from(own).isScanAvailable();
        return new EngineThreads(forHandlers == null ? Schedulers.parallel() : forHandlers, own, isOwned);
    }

    /**
     * The engine has stopped. Its last answer may have come on an event loop, which must not wait for the locks of threads that
     * end.
     *
     * @param blocking for handlers that block; it ends as well
     */
    public void end(Scheduler blocking) {
        Schedulers.boundedElastic().schedule(() -> {
            if (isOwned) {
                upkeep.dispose();
            }
            blocking.dispose();
        });
    }
}
