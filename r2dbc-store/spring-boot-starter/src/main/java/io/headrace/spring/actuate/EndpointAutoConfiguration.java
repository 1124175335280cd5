package io.headrace.spring.actuate;

import io.headrace.JobOperator;
import io.headrace.spring.autoconfigure.HeadraceAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Configures the endpoint {@code headrace} in applications that have the actuator and expose the endpoint. */
@AutoConfiguration(after = HeadraceAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(HeadraceEndpoint.class)
public final class EndpointAutoConfiguration {

    @Bean
    @ConditionalOnBean(JobOperator.class)
    @ConditionalOnMissingBean
    HeadraceEndpoint headraceEndpoint(JobOperator operator) {
        return new HeadraceEndpoint(operator);
    }
}
