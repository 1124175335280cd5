package io.headrace.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is done when the process is told to end. Thread-safe. */
final class ShutdownHook {

    private final AtomicReference<@Nullable Thread> installed = new AtomicReference<>();

    void install(Runnable action) {
        Thread thread = new Thread(action, "headrace-shutdown");
        if (installed.compareAndSet(null, thread)) {
            Runtime.getRuntime().addShutdownHook(thread);
        }
    }

    /** Does nothing while the process ends: then it is the hook that leads here. */
    void remove() {
        Thread thread = installed.getAndSet(null);
        if (thread != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(thread);
            } catch (IllegalStateException e) {
                // The process is ending, and its hooks have begun.
            }
        }
    }
}
