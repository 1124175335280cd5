package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Whoever asks. */
final class MeResource implements Resource {

    private final String instance;

    MeResource(String instance) {
        this.instance = instance;
    }

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(ApiRoutes.ROOT + "/me", this::me);
    }

    private Mono<ServerResponse> me(ServerRequest request) {
        Actor actor = Guard.actor(request);
        return Answers.json(
                new Me(actor.name(), actor.rights().stream().sorted().toList(), instance, version()));
    }

    private static @Nullable String version() {
        return MeResource.class.getPackage().getImplementationVersion();
    }

    /**
     * Who asks, and where.
     *
     * @param name who asks, as the operator log names them
     * @param rights what they may do
     * @param instance the name of this installation, for people who have several
     * @param version the version of Headrace; {@code null} if it cannot be told
     */
    private record Me(
            String name,
            List<Right> rights,
            String instance,
            @Nullable String version) {}
}
