package io.headrace.console.api;

import io.headrace.console.json.JsonText;
import io.headrace.console.problem.ProblemCode;
import io.headrace.console.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/** Reads the bodies of requests, and says what is wrong with them. */
final class Bodies {

    private Bodies() {}

    /** Reads a body; fields that the type does not have are refused. */
    static <T> Mono<T> read(ServerRequest request, Class<T> type) {
        return request.bodyToMono(byte[].class)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemCode.INVALID_BODY, "The body is empty")))
                .map(bytes -> parse(bytes, type));
    }

    private static <T> T parse(byte[] bytes, Class<T> type) {
        try {
            T body = JsonText.read(bytes, type);
            if (body == null) {
                throw new ProblemException(ProblemCode.INVALID_BODY, "The body is null");
            }
            return body;
        } catch (JacksonException e) {
            throw new ProblemException(ProblemCode.INVALID_BODY, "The body is not valid: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the value of a field that must be there. */
    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new ProblemException(ProblemCode.INVALID_BODY, "Missing field '" + field + "'");
        }
        return value;
    }
}
