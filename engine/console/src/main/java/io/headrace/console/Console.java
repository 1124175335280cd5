package io.headrace.console;

import io.headrace.JobOperator;
import io.headrace.console.api.ApiRoutes;
import io.headrace.console.pages.PageRoutes;
import java.util.Objects;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The operator's HTTP API and the pages on it, as routes for spring-webflux. {@link ConsoleServer} serves them alone.
 * Thread-safe.
 */
public final class Console {

    private final JobOperator operator;
    private final String instance;

    private Console(Builder builder) {
        operator = builder.operator;
        instance = builder.instance;
    }

    /** Creates a builder for the console of an operator's store. */
    public static Builder builder(JobOperator operator) {
        return new Builder(operator);
    }

    /**
     * Returns the routes of the console under a path. The pages use relative URLs only, so that a proxy may add or strip a
     * prefix.
     *
     * @param path such as {@code /headrace}; empty or {@code /} for the root
     */
    public RouterFunction<ServerResponse> routes(String path) {
        RouterFunction<ServerResponse> routes =
                new ApiRoutes(instance).routes().and(new PageRoutes().routes()).filter(new SecurityHeaders());
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.isEmpty() ? routes : RouterFunctions.nest(RequestPredicates.path(trimmed), routes);
    }

    JobOperator operator() {
        return operator;
    }

    /** Builds a console. Not thread-safe. */
    public static final class Builder {

        private final JobOperator operator;
        private String instance = "headrace";

        private Builder(JobOperator operator) {
            this.operator = Objects.requireNonNull(operator, "operator");
        }

        /** Names this installation, for people who have several. Default: {@code headrace}. */
        public Builder instance(String name) {
            this.instance = Objects.requireNonNull(name, "name");
            return this;
        }

        /** Creates the console. */
        public Console build() {
            return new Console(this);
        }
    }
}
