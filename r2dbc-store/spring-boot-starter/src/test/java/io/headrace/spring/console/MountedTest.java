package io.headrace.spring.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.console.Redaction;
import io.headrace.spring.Http;
import io.headrace.spring.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;

/** The console in an application that has it on its class path. */
@Tag("slow")
class MountedTest {

    @Configuration(proxyBeanMethods = false)
    static class Discreet {
        @Bean
        Redaction redaction() {
            return Redaction.ofFields("password");
        }
    }

    @Test
    void withoutALineItIsServedToThisMachine() {
        try (TestApp app = TestApp.of()
                .with("server.port", "0")
                .with("spring.application.name", "shop")
                .start(WebApplicationType.REACTIVE)) {
            Http http = new Http(app);

            assertThat(http.get("/headrace/").body()).contains("<!doctype html>");
            assertThat(http.get("/headrace/api/v1/me").json())
                    .hasToString(
                            "{\"name\":\"loopback\",\"rights\":[\"VIEW\"],\"instance\":\"shop\",\"version\":null}");
            assertThat(http.get("/headrace/api/v1/queues").status()).isEqualTo(200);
            assertThat(http.get("/elsewhere").status()).isEqualTo(404);
        }
    }

    @Test
    void itsPathAndNameAreProperties() {
        try (TestApp app = TestApp.of(Discreet.class)
                .with("server.port", "0")
                .with("headrace.console.path", "/internal/jobs")
                .with("headrace.console.instance", "shop, staging")
                .start(WebApplicationType.REACTIVE)) {
            Http http = new Http(app);

            assertThat(http.get("/internal/jobs/api/v1/me")
                            .json()
                            .path("instance")
                            .asString())
                    .isEqualTo("shop, staging");
            assertThat(http.get("/headrace/").status()).isEqualTo(404);
        }
    }

    @Test
    void itCanBeSwitchedOff() {
        try (TestApp app = TestApp.of()
                .with("server.port", "0")
                .with("headrace.console.enabled", "false")
                .start(WebApplicationType.REACTIVE)) {
            assertThat(new Http(app).get("/headrace/").status()).isEqualTo(404);
            assertThat(app.context().getBeansOfType(RouterFunction.class)).isEmpty();
        }
    }

    @Test
    void anApplicationWithoutAWebServerHasNone() {
        try (TestApp app = TestApp.of().start()) {
            assertThat(app.context().getBeansOfType(RouterFunction.class)).isEmpty();
        }
    }
}
