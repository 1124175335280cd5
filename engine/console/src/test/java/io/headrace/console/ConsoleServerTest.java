package io.headrace.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.InvalidSettingException;
import io.headrace.JobOperator;
import io.headrace.operate.Right;
import io.headrace.testkit.InMemoryJobStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The console alone, on a port of its own. */
class ConsoleServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOKEN = "0123456789abcdef";
    private static final AccessTokens TOKENS =
            AccessTokens.parse(List.of("# name token rights", "", "ada " + TOKEN + " PAUSE,RETRY"));

    private final JobOperator operator = JobOperator.create(InMemoryJobStore.create());
    private ConsoleServer server;
    private WebTestClient client;

    private void start(UnaryOperator<ConsoleServer.Builder> settings) {
        server = settings.apply(ConsoleServer.builder(operator).port(0)).start().block(PATIENCE);
        client = WebTestClient.bindToServer().baseUrl(server.uri().toString()).build();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop().block(PATIENCE);
            server.onStopped().block(PATIENCE);
        }
    }

    @Test
    void itServesThePagesUnderItsPath() {
        start(builder -> builder.path("/jobs"));
        assertThat(server.uri().getPath()).isEqualTo("/jobs/");
        client.get().uri("").exchange().expectStatus().isOk();
        client.get().uri("console.js").exchange().expectStatus().isOk();
        client.head()
                .uri("console.js")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .isEmpty();
    }

    @Test
    void thisMachineMayDoWhatIsAllowed() {
        start(builder -> builder.allow(Set.of(Right.PAUSE)));
        assertThat(me(client)).contains("\"name\":\"loopback\"", "[\"VIEW\",\"PAUSE\"]");
        client.post()
                .uri("api/v1/queues/mail/pause")
                .header("X-Headrace", "1")
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    @Test
    void whereOtherMachinesCanReachItItDoesNotStartWithoutTokens() {
        assertThatThrownBy(() -> start(builder -> builder.host("0.0.0.0")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("host: other machines can reach 0.0.0.0, and nothing protects the console. Give it tokens"
                        + " (--token-file on the command line), or listen on 127.0.0.1");
    }

    @Test
    void withTokensItListensEverywhereAndEverybodyNeedsOne() {
        start(builder -> builder.host("0.0.0.0").tokens(TOKENS).allow(Set.of(Right.DISCARD)));
        WebTestClient here = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + server.uri().getPort())
                .build();
        here.get()
                .uri("/")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Basic realm=\"Headrace\", charset=\"UTF-8\"");
        assertThat(me(here.mutate()
                        .defaultHeader("Authorization", "Bearer " + TOKEN)
                        .build()))
                .contains("\"name\":\"ada\"", "[\"VIEW\",\"RETRY\",\"PAUSE\"]");
        assertThat(me(here.mutate()
                        .defaultHeaders(headers -> headers.setBasicAuth("whoever", TOKEN))
                        .build()))
                .contains("\"name\":\"ada\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer 0123456789abcdeX", "Bearer", "Basic !!!", "Basic YWRh", "Digest 0123456789abcdef", ""})
    void anythingElseIsNoToken(String header) {
        start(builder -> builder.tokens(TOKENS));
        client.get()
                .uri("api/v1/me")
                .header("Authorization", header)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "ada short",
                "ada 0123456789abcdef PAUSE RETRY",
                "ada 0123456789abcdef ROOT",
                "# nobody",
                "ada 0123456789abcdef\nbob 0123456789abcdef"
            })
    void anInvalidLineIsNamedWithoutItsToken(String lines) {
        assertThatThrownBy(() -> AccessTokens.parse(lines.lines().toList()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("tokens: ")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("0123456789abcdef"));
    }

    private static String me(WebTestClient client) {
        return client.get()
                .uri("/api/v1/me")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
