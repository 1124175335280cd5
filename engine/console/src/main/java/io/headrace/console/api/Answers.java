package io.headrace.console.api;

import io.headrace.console.json.JsonText;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The answers of operations. */
final class Answers {

    private Answers() {}

    /** Answers with a value as JSON. */
    static Mono<ServerResponse> json(Object value) {
        return JsonText.send(ServerResponse.ok(), MediaType.APPLICATION_JSON, value);
    }

    /** Answers with a list, as an object with one field: it can get more fields later. */
    static Mono<ServerResponse> list(String name, Flux<?> values) {
        return values.collectList().flatMap(list -> json(Map.<String, List<?>>of(name, list)));
    }

    /** Answers with JSON text that a browser saves under a name. */
    static Mono<ServerResponse> file(String name, String json) {
        return JsonText.sendText(
                ServerResponse.ok().header("Content-Disposition", "attachment; filename=\"" + name + "\""), json);
    }

    /** Answers without a body when something is done. */
    static Mono<ServerResponse> done(Mono<Void> work) {
        return work.then(Mono.defer(() -> ServerResponse.noContent().build()));
    }
}
