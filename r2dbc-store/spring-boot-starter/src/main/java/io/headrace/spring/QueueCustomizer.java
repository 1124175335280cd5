package io.headrace.spring;

import io.headrace.QueueSettings;

/**
 * A bean that customizes the settings of the engine's queues after the properties have been applied. Several
 * customizers are applied in their {@code @Order}.
 */
@FunctionalInterface
public interface QueueCustomizer {

    /**
     * Returns the settings to use, which may be the given ones. Called once for each queue that the engine works on.
     */
    QueueSettings customize(String queue, QueueSettings settings);
}
