package io.headrace.engine.guard;

import java.util.stream.Stream;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets the end of a repeating timer wait for the lock of its timer queue where BlockHound watches. Reactor permits that, for the
 * nanoseconds that it takes, to timers that fire once, and forgets those that repeat. BlockHound's error in the middle of waiting
 * leaves the lock taken, and every timer of that scheduler stops. BlockHound finds this class by the service loader.
 */
public final class TimersMayLock implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        Stream.of("PeriodicSchedulerTask", "PeriodicWorkerTask", "InstantPeriodicWorkerTask")
                .forEach(task -> builder.allowBlockingCallsInside("reactor.core.scheduler." + task, "dispose"));
    }
}
