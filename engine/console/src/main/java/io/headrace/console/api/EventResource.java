package io.headrace.console.api;

import io.headrace.console.events.EventStreams;
import io.headrace.console.guard.Guard;
import io.headrace.operate.Right;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Live events, as server-sent events. */
final class EventResource implements Resource {

    private final EventStreams events;

    EventResource(EventStreams events) {
        this.events = events;
    }

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(ApiRoutes.ROOT + "/events", this::open);
    }

    private Mono<ServerResponse> open(ServerRequest request) {
        Guard.require(request, Right.VIEW);
        Set<String> topics = topics(request);
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body((message, context) -> message.writeAndFlushWith(events.open(topics, message.bufferFactory())));
    }

    private Set<String> topics(ServerRequest request) {
        String text = Parameters.text(request, "topics");
        Set<String> topics = new TreeSet<>(text == null ? events.topics() : List.of(text.split(",", -1)));
        topics.forEach(topic -> {
            if (!events.topics().contains(topic)) {
                throw Parameters.invalid("topics", "'" + topic + "' is none of " + events.topics(), null);
            }
        });
        return topics;
    }
}
