package io.headrace.spring.observe;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is seen of jobs from outside. Immutable.
 *
 * @param meters whether there are meters, if the application has a MeterRegistry
 * @param observations whether enqueues and attempts are observed, if the application has an ObservationRegistry
 * @param depthInterval how often what the queues hold is read for the gauges; zero for never
 */
@ConfigurationProperties("headrace.observe")
public record ObserveProperties(
        @DefaultValue("true") boolean meters,
        @DefaultValue("true") boolean observations,
        @DefaultValue("15s") Duration depthInterval) {}
