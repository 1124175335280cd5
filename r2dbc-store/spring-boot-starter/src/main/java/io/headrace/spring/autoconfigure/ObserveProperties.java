package io.headrace.spring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is seen of jobs from outside.
 *
 * @param meters Whether there are meters, if the application has a MeterRegistry.
 * @param observations Whether enqueues and attempts are observed, if the application has an ObservationRegistry.
 * @param depthInterval How often what the queues hold is read for the gauges; zero for never.
 */
public record ObserveProperties(
        @DefaultValue("true") boolean meters,
        @DefaultValue("true") boolean observations,
        @DefaultValue("15s") Duration depthInterval) {}
