package io.headrace.console.problem;

import io.headrace.console.AccessRefusedException;
import io.headrace.console.json.JsonText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers with a problem whatever ends with an error. */
public final class Problems implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request)).onErrorResume(error -> send(request, error));
    }

    private static Mono<ServerResponse> send(ServerRequest request, Throwable error) {
        ProblemCode code = ErrorCodes.of(error);
        if (code.status().is5xxServerError()) {
            log.warn("{} {} ended with {}", request.method(), request.path(), code, error);
        }
        ServerResponse.BodyBuilder response = ServerResponse.status(code.status());
        if (error instanceof AccessRefusedException refused && refused.challenge() != null) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, refused.challenge());
        }
        return JsonText.send(response, MediaType.APPLICATION_PROBLEM_JSON, code.problem(detail(code, error)));
    }

    /** What other errors say may not be for the eyes of whoever asks. */
    private static String detail(ProblemCode code, Throwable error) {
        String message = error.getMessage();
        return switch (code) {
            case FAILED -> "An unexpected error. The log of the process that serves the console says which";
            case TIMEOUT -> "The store did not answer in time. Try again, or ask for less";
            default -> message == null ? code.name() : message;
        };
    }
}
