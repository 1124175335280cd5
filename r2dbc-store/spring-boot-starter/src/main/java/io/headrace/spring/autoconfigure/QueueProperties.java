package io.headrace.spring.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the engine works on one queue.
 *
 * @param concurrency How many handlers run at a time, 1 to 10000.
 * @param prefetch How many further jobs are leased ahead, 0 to 10000; by default as many as the concurrency.
 * @param pollInterval How long an idle worker waits at most before it looks for itself.
 */
public record QueueProperties(
        @DefaultValue("64") int concurrency,
        @Nullable Integer prefetch,
        @DefaultValue("1s") Duration pollInterval) {}
