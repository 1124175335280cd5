package io.headrace.spring.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a queue that the engine works on.
 *
 * @param concurrency Maximum number of concurrent handlers, 1 to 10000.
 * @param prefetch Number of jobs that are leased ahead, 0 to 10000. Equal to the concurrency by default.
 * @param pollInterval Maximum time for which an idle worker waits before it looks for jobs itself. By default, 20 s while
 *     wake-ups are heard and 1 s while they are not.
 */
public record QueueProperties(
        @DefaultValue("64") int concurrency,
        @Nullable Integer prefetch,
        @Nullable Duration pollInterval) {}
