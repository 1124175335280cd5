package io.headrace.spring.autoconfigure;

import io.headrace.JobEngine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the engine before the web server and stops it after: what the last requests enqueue is still handed to it, and no
 * request finds it gone. It stops within the time that Spring gives a phase.
 */
final class EngineLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EngineLifecycle.class);

    /** The web server's graceful shutdown is at 1,024 under the default, its end at 2,048: higher phases stop first. */
    static final int PHASE = DEFAULT_PHASE - 3 * 1_024;

    /** For handing back and recording, when the handlers' time is over. */
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(3);

    private static final int MARGIN_SHARE = 5;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final ObjectProvider<JobEngine> provider;
    private final Duration phaseTimeout;
    private volatile @Nullable JobEngine running;

    /** @param phaseTimeout after which Spring no longer waits */
    EngineLifecycle(ObjectProvider<JobEngine> provider, Duration phaseTimeout) {
        this.provider = provider;
        this.phaseTimeout = phaseTimeout;
    }

    /** Blocks until the engine is registered, and fails the application's start if it cannot be. */
    @Override
    public void start() {
        JobEngine engine = provider.getIfAvailable();
        if (engine == null) {
            log.info("No job handlers found: this application only enqueues");
            return;
        }
        engine.start().block();
        running = engine;
    }

    @Override
    public void stop(Runnable stopped) {
        JobEngine engine = running;
        running = null;
        if (engine == null) {
            stopped.run();
            return;
        }
        engine.stop(grace())
                .doFinally(signal -> stopped.run())
                .subscribe(nothing -> {}, error -> log.warn("The engine did not stop cleanly", error));
    }

    /** For whoever stops this bean alone. */
    @Override
    public void stop() {
        JobEngine engine = running;
        running = null;
        if (engine != null) {
            engine.stop(grace()).block();
        }
    }

    /** How long handlers may go on: what Spring gives, less what is needed afterwards. */
    Duration grace() {
        Duration share = phaseTimeout.dividedBy(MARGIN_SHARE);
        Duration grace = phaseTimeout.minus(share.compareTo(LONGEST_MARGIN) < 0 ? share : LONGEST_MARGIN);
        return grace.compareTo(SHORTEST) < 0 ? SHORTEST : grace;
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
