package io.headrace.console.browser;

import java.util.stream.Stream;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Reactor permits the end of a single timer to wait for the lock of its timer queue, which is held for nanoseconds, but forgets the
 * timers that repeat. Fifty browsers that leave at once meet at that lock.
 */
public final class TimersMayLock implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        Stream.of("PeriodicSchedulerTask", "PeriodicWorkerTask", "InstantPeriodicWorkerTask")
                .forEach(task -> builder.allowBlockingCallsInside("reactor.core.scheduler." + task, "dispose"));
    }
}
