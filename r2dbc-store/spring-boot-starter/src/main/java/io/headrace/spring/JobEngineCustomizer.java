package io.headrace.spring;

import io.headrace.JobEngine;

/**
 * A bean that has the last word on the engine's builder, after the properties, the queues and the handlers. Several are
 * applied in their {@code @Order}. Not called where there is only a client.
 */
@FunctionalInterface
public interface JobEngineCustomizer {

    /** Changes what is to be changed, and answers the builder; called before the engine is built, and again if the
     * application is stopped and started again. */
    JobEngine.Builder customize(JobEngine.Builder engine);
}
