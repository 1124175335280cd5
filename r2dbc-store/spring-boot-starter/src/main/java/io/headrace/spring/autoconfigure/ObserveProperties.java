package io.headrace.spring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of meters and observations.
 *
 * @param meters Whether to record meters, if the application has a MeterRegistry.
 * @param observations Whether to observe enqueues and attempts, if the application has an ObservationRegistry.
 * @param depthInterval Interval at which the contents of the queues are read for gauges. Zero disables it.
 */
public record ObserveProperties(
        @DefaultValue("true") boolean meters,
        @DefaultValue("true") boolean observations,
        @DefaultValue("15s") Duration depthInterval) {}
