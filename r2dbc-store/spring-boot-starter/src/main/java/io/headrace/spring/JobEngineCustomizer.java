package io.headrace.spring;

import io.headrace.JobEngine;

/**
 * A bean that has the last word on the engine's builder, after the properties, the queues and the handlers. Several are
 * applied in their {@code @Order}. Not called where there is only a client.
 */
@FunctionalInterface
public interface JobEngineCustomizer {

    /** Changes what is to be changed, and answers the builder; called once, before the engine is built. */
    JobEngine.Builder customize(JobEngine.Builder engine);
}
