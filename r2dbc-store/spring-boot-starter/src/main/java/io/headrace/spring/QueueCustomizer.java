package io.headrace.spring;

import io.headrace.QueueSettings;

/** A bean that changes how the engine works on its queues, after the properties. Several are applied in their {@code @Order}. */
@FunctionalInterface
public interface QueueCustomizer {

    /** Answers the settings to use, those given among them; called once for each queue that the engine works on. */
    QueueSettings customize(String queue, QueueSettings settings);
}
