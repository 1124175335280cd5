package io.headrace.console.api;

import io.headrace.JobOperator;
import io.headrace.console.Console;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import java.net.URI;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** The API as a client sees it. Every answer is compared with the document that describes the API. */
final class Api {

    private static final OpenApi DOCUMENT = OpenApi.read();

    private final WebTestClient client;

    private Api(WebTestClient client) {
        this.client = client;
    }

    /** For somebody who may do everything. */
    static Api of(JobOperator operator) {
        return as(operator, Actor.withAllRights("tester"));
    }

    static Api as(JobOperator operator, String name, Right... rights) {
        return as(operator, new Actor(name, Set.of(rights)));
    }

    private static Api as(JobOperator operator, Actor actor) {
        return with(operator, console -> console.policy(request -> Mono.just(actor)));
    }

    static Api with(JobOperator operator, UnaryOperator<Console.Builder> settings) {
        Console console = settings.apply(Console.builder(operator)).build();
        return new Api(WebTestClient.bindToRouterFunction(console.routes("/")).build());
    }

    Answer get(String path) {
        return exchange(HttpMethod.GET, path, null);
    }

    Answer post(String path) {
        return exchange(HttpMethod.POST, path, null);
    }

    Answer post(String path, String body) {
        return exchange(HttpMethod.POST, path, body);
    }

    private Answer exchange(HttpMethod method, String path, String body) {
        WebTestClient.RequestBodySpec request =
                client.method(method).uri(URI.create("/api/v1" + path)).header("X-Headrace", "1");
        EntityExchangeResult<byte[]> result = (body == null ? request : request.bodyValue(body))
                .exchange()
                .expectBody()
                .returnResult();
        Answer answer = Answer.of(result);
        DOCUMENT.check(method.name(), path, answer);
        return answer;
    }
}
