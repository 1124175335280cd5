package io.headrace.spring;

import io.headrace.JobEngine;

/**
 * A bean that customizes the engine's builder after the properties, the queues and the handlers have been applied.
 * Several customizers are applied in their {@code @Order}. Not called if there is only a client.
 */
@FunctionalInterface
public interface JobEngineCustomizer {

    /**
     * Customizes the builder and returns it. Called before the engine is built, and again if the application is stopped
     * and restarted.
     */
    JobEngine.Builder customize(JobEngine.Builder engine);
}
