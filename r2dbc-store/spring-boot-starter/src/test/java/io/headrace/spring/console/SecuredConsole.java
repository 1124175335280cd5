package io.headrace.spring.console;

import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers.pathMatchers;

import io.headrace.console.OperatorPolicy;
import io.headrace.operate.Actor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** An application whose users log in, as docs/serving-the-console.md shows it. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecuredConsole {

    @Bean
    OperatorPolicy operatorPolicy() {
        return request -> request.principal().map(user -> Actor.withAllRights(user.getName()));
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityWebFilterChain consoleSecurity(ServerHttpSecurity http) {
        return http.securityMatcher(pathMatchers("/headrace/**"))
                .authorizeExchange(requests -> requests.anyExchange().hasRole("OPERATOR"))
                .httpBasic(withDefaults())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .build();
    }

    @Bean
    MapReactiveUserDetailsService users() {
        return new MapReactiveUserDetailsService(
                User.withUsername("ada")
                        .password("{noop}pearl")
                        .roles("OPERATOR")
                        .build(),
                User.withUsername("bob")
                        .password("{noop}pearl")
                        .roles("CUSTOMER")
                        .build());
    }
}
