package io.headrace.spring.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spring.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.WebClient;

/** The console behind Spring Security, by the application's own rules. */
@Tag("slow")
class SecuredTest {

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.of(SecuredConsole.class).with("server.port", "0").start(WebApplicationType.REACTIVE);
    }

    @AfterAll
    static void close() {
        app.close();
    }

    @Test
    void nobodySeesItWithoutLoggingIn() {
        assertThat(get(null, "/headrace/").value()).isEqualTo(401);
        assertThat(get(null, "/headrace/api/v1/queues").value()).isEqualTo(401);
    }

    @Test
    void whoeverIsNoOperatorSeesNothing() {
        assertThat(get("bob", "/headrace/").value()).isEqualTo(403);
        assertThat(get("bob", "/headrace/api/v1/queues").value()).isEqualTo(403);
    }

    @Test
    void anOperatorDecidesUnderTheirName() {
        assertThat(get("ada", "/headrace/api/v1/me").value()).isEqualTo(200);
        assertThat(pause("ada").value()).isEqualTo(204);
        assertThat(app.operator()
                        .decisions(null, 1)
                        .blockFirst(TestApp.PATIENCE)
                        .actor())
                .isEqualTo("ada");
        assertThat(pause("bob").value()).isEqualTo(403);
    }

    @Test
    void thePageShowsThisCode() throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "serving-the-console.md"));
        String code = Files.readString(
                Path.of("src", "test", "java", "io", "headrace", "spring", "console", "SecuredConsole.java"));
        String policy = code.substring(
                code.indexOf("    @Bean\n    OperatorPolicy"), code.indexOf("    @Bean\n    MapReactive"));
        assertThat(page)
                .contains(policy.strip().indent(0).replace("\n    ", "\n").strip());
    }

    private static HttpStatus get(String user, String path) {
        return status(client(user).get().uri(path));
    }

    private static HttpStatus pause(String user) {
        return status(
                client(user).post().uri("/headrace/api/v1/queues/mail/pause").header("X-Headrace", "1"));
    }

    private static WebClient client(String user) {
        String port = app.context().getEnvironment().getRequiredProperty("local.server.port");
        return WebClient.builder()
                .baseUrl("http://localhost:" + port)
                .defaultHeaders(headers -> {
                    if (user != null) {
                        headers.setBasicAuth(user, "pearl");
                    }
                })
                .build();
    }

    private static HttpStatus status(WebClient.RequestHeadersSpec<?> request) {
        return request.exchangeToMono(answer -> answer.releaseBody().thenReturn((HttpStatus) answer.statusCode()))
                .block(TestApp.PATIENCE);
    }
}
