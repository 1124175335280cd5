package io.headrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.operate.Actor;
import io.headrace.testkit.InMemoryJobStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Who gets in, on a real connection, in an application that believes what proxies say. */
class ProtectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JobOperator operator = JobOperator.create(InMemoryJobStore.create());
    private DisposableServer server;

    @BeforeEach
    void start() {
        start(Console.builder(operator).build());
    }

    private void start(Console console) {
        WebHandler handler = RouterFunctions.toWebHandler(console.routes("/headrace"));
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(handler)
                        .forwardedHeaderTransformer(new ForwardedHeaderTransformer())
                        .build()))
                .bindNow(PATIENCE);
    }

    @AfterEach
    void stop() {
        server.disposeNow(PATIENCE);
    }

    @Test
    void thisMachineMayLookAndNothingElse() throws IOException {
        assertThat(send("GET /headrace/api/v1/me", "Host: localhost"))
                .startsWith("HTTP/1.1 200")
                .contains("\"name\":\"loopback\",\"rights\":[\"VIEW\"]");
        assertThat(send("POST /headrace/api/v1/queues/mail/pause", "Host: localhost", "X-Headrace: 1"))
                .startsWith("HTTP/1.1 403")
                .contains("NOT_PERMITTED", "PAUSE");
        assertThat(operator.queues().collectList().block(PATIENCE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=127.0.0.1",
                "X-Real-IP: 127.0.0.1",
                "Via: 1.1 proxy",
                "X-Forwarded-Host: localhost",
                "X-Forwarded-Proto: https"
            })
    void aRequestThatCameThroughAProxyIsNotFromThisMachine(String header) throws IOException {
        assertThat(send("GET /headrace/api/v1/queues", "Host: localhost", header))
                .startsWith("HTTP/1.1 403")
                .contains("REFUSED", "came through a proxy", "define an OperatorPolicy");
    }

    @Test
    void aProxyThatAddsNothingIsKnownByItsVersion() throws IOException {
        assertThat(sendAs("1.0", "GET /headrace/api/v1/queues", "Host: localhost"))
                .contains(" 403 ")
                .contains("HTTP/1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/headrace/api/v1/queues", "/headrace/", "/headrace/console.js"})
    void aPageOfAnotherNameThatPointsHereSeesNothing(String path) throws IOException {
        assertThat(send("GET " + path, "Host: rebound.example"))
                .startsWith("HTTP/1.1 403")
                .contains("rebound.example");
    }

    @ParameterizedTest
    @CsvSource({"cross-site, true", "same-site, true", "same-origin, false", "none, false"})
    void aPageOfAnotherSiteChangesNothing(String site, boolean refused) throws IOException {
        stop();
        start(Console.builder(operator)
                .policy(request -> Mono.just(Actor.withAllRights("tester")))
                .build());
        String answer = send(
                "POST /headrace/api/v1/queues/mail/pause",
                "Host: localhost",
                "X-Headrace: 1",
                "Sec-Fetch-Site: " + site);
        assertThat(answer).startsWith(refused ? "HTTP/1.1 403" : "HTTP/1.1 204");
        assertThat(answer.contains("CROSS_SITE")).isEqualTo(refused);
        assertThat(operator.queues().collectList().block(PATIENCE)).hasSize(refused ? 0 : 1);
    }

    @Test
    void aChangeNeedsAHeaderThatFormsCannotSend() throws IOException {
        stop();
        start(Console.builder(operator)
                .policy(request -> Mono.just(Actor.withAllRights("tester")))
                .build());
        assertThat(send("POST /headrace/api/v1/queues/mail/pause", "Host: localhost"))
                .startsWith("HTTP/1.1 403")
                .contains("CROSS_SITE", "'X-Headrace: 1'");
        assertThat(operator.queues().collectList().block(PATIENCE)).isEmpty();
    }

    /** A browser asks before it sends a change to another site. The routes take that question for the change itself. */
    @Test
    void theQuestionWhetherAPageOfAnotherSiteMayChangeSomethingChangesNothing() throws IOException {
        stop();
        start(Console.builder(operator)
                .policy(request -> Mono.just(Actor.withAllRights("tester")))
                .build());
        String answer = send(
                "OPTIONS /headrace/api/v1/queues/mail/pause",
                "Host: localhost",
                "Origin: https://other.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-headrace");
        assertThat(answer).startsWith("HTTP/1.1 403").contains("CROSS_SITE");
        assertThat(operator.queues().collectList().block(PATIENCE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site, cors, 403",
        "cross-site, no-cors, 403",
        "cross-site, navigate, 200",
        "same-origin, cors, 200"
    })
    void aPageOfAnotherSiteReadsNothing(String site, String mode, String status) throws IOException {
        assertThat(send(
                        "GET /headrace/api/v1/me",
                        "Host: localhost",
                        "Sec-Fetch-Site: " + site,
                        "Sec-Fetch-Mode: " + mode))
                .startsWith("HTTP/1.1 " + status);
    }

    private String send(String request, String... headers) throws IOException {
        return sendAs("1.1", request, headers);
    }

    /** Sends a request as it stands; an HTTP client would add and correct headers. */
    private String sendAs(String version, String request, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String text = request + " HTTP/" + version + "\r\n" + String.join("\r\n", headers)
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
