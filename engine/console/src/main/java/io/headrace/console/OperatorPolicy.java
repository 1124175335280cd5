package io.headrace.console;

import io.headrace.operate.Actor;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * Decides who sends a request to the console, and what they may do. It is asked once for every request, also for those for
 * files. Must be thread-safe and must not block.
 */
@FunctionalInterface
public interface OperatorPolicy {

    /**
     * Returns the actor that sends a request.
     *
     * @return empty to refuse the request, or fails with an {@link AccessRefusedException} that says why
     */
    Mono<Actor> actor(ServerRequest request);
}
