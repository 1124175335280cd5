package io.headrace.spring.observe;

import io.headrace.micrometer.AttemptConvention;
import io.headrace.micrometer.BatchConvention;
import io.headrace.micrometer.BatchTracing;
import io.headrace.micrometer.EnqueueConvention;
import io.headrace.micrometer.JobMeters;
import io.headrace.micrometer.JobObservations;
import io.headrace.micrometer.SignalTracing;
import io.headrace.micrometer.StepConvention;
import io.headrace.spring.autoconfigure.HeadraceAutoConfiguration;
import io.headrace.spring.autoconfigure.HeadraceProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Attaches meters and observations to the engine and the client, which use every {@code JobObserver} and
 * {@code JobInterceptor} bean. {@link EnqueueConvention}, {@link AttemptConvention}, {@link BatchConvention} and
 * {@link StepConvention} beans replace the names and key values.
 */
@AutoConfiguration(
        before = HeadraceAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration"
        })
@EnableConfigurationProperties(HeadraceProperties.class)
public final class ObserveAutoConfiguration {

    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "headrace.observe.meters", matchIfMissing = true)
    JobMeters headraceMeters(MeterRegistry registry, HeadraceProperties properties) {
        return JobMeters.of(registry, Tags.empty(), properties.observe().depthInterval());
    }

    @Bean
    @ConditionalOnBean(ObservationRegistry.class)
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "headrace.observe.observations", matchIfMissing = true)
    JobObservations headraceObservations(
            ObservationRegistry registry,
            ObjectProvider<EnqueueConvention> enqueue,
            ObjectProvider<AttemptConvention> attempt,
            ObjectProvider<BatchConvention> batch,
            ObjectProvider<StepConvention> step) {
        return JobObservations.of(
                registry,
                enqueue.getIfAvailable(),
                attempt.getIfAvailable(),
                batch.getIfAvailable(),
                step.getIfAvailable());
    }

    /** For applications with a tracer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    static class Tracing {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE) // the first handler that supports a context creates its span
        @ConditionalOnBean(Tracer.class)
        @ConditionalOnMissingBean
        @ConditionalOnProperty(name = "headrace.observe.observations", matchIfMissing = true)
        BatchTracing headraceBatchTracing(Tracer tracer) {
            return new BatchTracing(tracer);
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        @ConditionalOnBean(Tracer.class)
        @ConditionalOnMissingBean
        @ConditionalOnProperty(name = "headrace.observe.observations", matchIfMissing = true)
        SignalTracing headraceSignalTracing(Tracer tracer) {
            return new SignalTracing(tracer);
        }
    }
}
