package io.headrace.console;

import io.headrace.JobOperator;
import io.headrace.console.api.ApiRoutes;
import io.headrace.console.api.LiveTopics;
import io.headrace.console.events.EventStreams;
import io.headrace.console.guard.Guard;
import io.headrace.console.guard.LoopbackPolicy;
import io.headrace.console.pages.PageRoutes;
import io.headrace.console.payload.Payloads;
import io.headrace.console.problem.Problems;
import io.headrace.operate.Right;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
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
    private final OperatorPolicy policy;
    private final String instance;
    private final Duration timeout;
    private final Payloads payloads;
    private final EventStreams events;

    private Console(Builder builder) {
        operator = builder.operator;
        policy = builder.policy;
        instance = builder.instance;
        timeout = builder.timeout;
        payloads = new Payloads(builder.payloadView, builder.redaction);
        events = new EventStreams(LiveTopics.of(operator));
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
        RouterFunction<ServerResponse> routes = new ApiRoutes(instance, timeout, payloads, events)
                .routes()
                .and(new PageRoutes().routes())
                .filter(new Guard(operator, policy))
                .filter(new Problems())
                .filter(new SecurityHeaders());
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.isEmpty() ? routes : RouterFunctions.nest(RequestPredicates.path(trimmed), routes);
    }

    /**
     * Ends the live events of all browsers, which otherwise stay open, for a server that waits for open requests before it
     * stops. Those that are opened later end at once, until {@link #beginEvents}. Idempotent.
     */
    public void endEvents() {
        events.end();
    }

    /** Lets live events be opened, as they can be at first. Idempotent. */
    public void beginEvents() {
        events.begin();
    }

    /** Builds a console. Not thread-safe. */
    public static final class Builder {

        private final JobOperator operator;
        private OperatorPolicy policy = new LoopbackPolicy(
                Set.of(Right.VIEW),
                "To give access to others, define an OperatorPolicy, which decides who sends a request and what they may do");
        private String instance = "headrace";
        private Duration timeout = Duration.ofSeconds(20);
        private PayloadView payloadView = PayloadView.STORED;
        private Redaction redaction = Redaction.NOTHING;

        private Builder(JobOperator operator) {
            this.operator = Objects.requireNonNull(operator, "operator");
        }

        /** Names this installation, for people who have several. Default: {@code headrace}. */
        public Builder instance(String name) {
            this.instance = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets who may do what. Default: requests from this machine that came through no proxy may {@link Right#VIEW}; all
         * others are refused.
         */
        public Builder policy(OperatorPolicy policy) {
            this.policy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /** Sets how long an operation of the API may take before it is answered with an error. Default: 20 seconds. */
        public Builder timeout(Duration timeout) {
            this.timeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /** Sets how payloads are decoded for people who may see them. Default: they are shown as they are stored. */
        public Builder payloadView(PayloadView view) {
            this.payloadView = Objects.requireNonNull(view, "view");
            return this;
        }

        /** Sets what is hidden of payloads and headers. Default: nothing. */
        public Builder redaction(Redaction redaction) {
            this.redaction = Objects.requireNonNull(redaction, "redaction");
            return this;
        }

        /** Creates the console. */
        public Console build() {
            return new Console(this);
        }
    }
}
