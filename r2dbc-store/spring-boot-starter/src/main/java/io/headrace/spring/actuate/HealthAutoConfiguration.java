package io.headrace.spring.actuate;

import io.headrace.JobEngine;
import io.headrace.spi.JobStore;
import io.headrace.spring.autoconfigure.HeadraceAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;

/** Configures the health indicator {@code headrace} in applications with Spring Boot's health support. */
@AutoConfiguration(after = HeadraceAutoConfiguration.class)
@ConditionalOnClass({ReactiveHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
public final class HealthAutoConfiguration {

    @Bean
    @ConditionalOnBean(JobStore.class)
    @ConditionalOnEnabledHealthIndicator("headrace")
    @ConditionalOnMissingBean(name = "headraceHealthIndicator")
    HeadraceHealthIndicator headraceHealthIndicator(JobStore store, ObjectProvider<JobEngine> engine) {
        return new HeadraceHealthIndicator(store, engine::getIfAvailable);
    }
}
