package io.headrace.spring.console;

import io.headrace.JobOperator;
import io.headrace.console.Console;
import io.headrace.console.OperatorPolicy;
import io.headrace.console.PayloadView;
import io.headrace.console.Redaction;
import io.headrace.spring.autoconfigure.HeadraceAutoConfiguration;
import io.headrace.spring.autoconfigure.HeadraceProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves the console under {@code headrace.console.path}. An {@link OperatorPolicy} bean decides who may do what; a {@link PayloadView}
 * and a {@link Redaction} bean, how payloads are shown.
 */
@AutoConfiguration(after = HeadraceAutoConfiguration.class)
@ConditionalOnClass({Console.class, RouterFunction.class})
@ConditionalOnBooleanProperty(name = "headrace.console.enabled", matchIfMissing = true)
public final class ConsoleAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ConsoleAutoConfiguration.class);
    private static final String APPLICATION = "spring.application.name";

    /** The routes are those of spring-webflux. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnBean(JobOperator.class)
    static class Reactive {

        @Bean
        @ConditionalOnMissingBean
        Console headraceConsole(
                JobOperator operator,
                HeadraceProperties properties,
                Environment environment,
                ObjectProvider<OperatorPolicy> policy,
                ObjectProvider<PayloadView> view,
                ObjectProvider<Redaction> redaction) {
            String instance = properties.console().instance();
            Console.Builder console = Console.builder(operator)
                    .instance(instance == null ? environment.getProperty(APPLICATION, "headrace") : instance)
                    .payloadView(view.getIfAvailable(() -> PayloadView.STORED))
                    .redaction(redaction.getIfAvailable(() -> Redaction.NOTHING));
            OperatorPolicy own = policy.getIfAvailable();
            return (own == null ? console : console.policy(own)).build();
        }

        @Bean
        RouterFunction<ServerResponse> headraceConsoleRoutes(Console console, HeadraceProperties properties) {
            String path = properties.console().path();
            log.info("The console is served under {}/", path);
            return console.routes(path);
        }

        @Bean
        ConsoleLifecycle headraceConsoleLifecycle(Console console) {
            return new ConsoleLifecycle(console);
        }
    }

    /** Spring MVC serves no such routes. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Servlet {
        Servlet() {
            log.warn(
                    "The console is not served: it needs WebFlux, and this is a servlet application. Serve it beside the"
                            + " application with the command 'headrace console', or remove headrace-console");
        }
    }
}
