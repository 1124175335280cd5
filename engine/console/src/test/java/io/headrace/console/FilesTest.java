package io.headrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import io.headrace.testkit.InMemoryJobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** The files of the pages: where they are, and what browsers are told about them. */
class FilesTest {

    private final Console console = Console.builder(JobOperator.create(InMemoryJobStore.create()))
            .policy(request -> Mono.just(new Actor("reader", Set.of(Right.VIEW))))
            .build();
    private final WebTestClient client =
            WebTestClient.bindToRouterFunction(console.routes("/headrace")).build();

    @ParameterizedTest
    @CsvSource({
        "/headrace/, text/html;charset=UTF-8",
        "/headrace/index.html, text/html;charset=UTF-8",
        "/headrace/console.js, text/javascript;charset=UTF-8",
        "/headrace/lib/lit-html/lit-html.js, text/javascript;charset=UTF-8",
        "/headrace/lib/lit-html/directives/repeat.js, text/javascript;charset=UTF-8",
        "/headrace/lib/uplot/uPlot.iife.min.js, text/javascript;charset=UTF-8",
        "/headrace/lib/uplot/uPlot.min.css, text/css;charset=UTF-8",
    })
    void aFileHasItsContentType(String path, String type) {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(type)
                .expectBody()
                .consumeWith(answer -> assertThat(answer.getResponseBody()).isNotEmpty());
    }

    @Test
    void theRootOfAServerIsTheFirstPage() {
        WebTestClient alone =
                WebTestClient.bindToRouterFunction(console.routes("/")).build();
        alone.get().uri("/").exchange().expectStatus().isOk();
        alone.get().uri("/lib/lit-html/lit-html.js").exchange().expectStatus().isOk();
    }

    @Test
    void withoutItsSlashTheAddressLeadsToTheFirstPageWhateverAProxyPutsBeforeIt() {
        client.get()
                .uri("/headrace")
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.PERMANENT_REDIRECT)
                .expectHeader()
                .location("headrace/");
    }

    @Test
    void aBrowserIsToldToLoadFromTheOriginOnly() {
        String policy = client.get()
                .uri("/headrace/")
                .exchange()
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getFirst("Content-Security-Policy");
        assertThat(policy)
                .startsWith("default-src 'self'; ")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void aFileThatHasNotChangedIsNotSentAgain() {
        String tag = client.get()
                .uri("/headrace/console.js")
                .exchange()
                .expectHeader()
                .valueEquals("Cache-Control", "no-cache")
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag();
        client.get()
                .uri("/headrace/console.js")
                .header("If-None-Match", tag)
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void aFileIsCompressedForBrowsersThatAcceptIt() throws IOException {
        String path = "/headrace/lib/lit-html/lit-html.js";
        byte[] plain = client.get()
                .uri(path)
                .exchange()
                .expectHeader()
                .doesNotExist("Content-Encoding")
                .expectHeader()
                .valueEquals("Vary", "Accept-Encoding")
                .expectBody()
                .returnResult()
                .getResponseBody();
        byte[] gzipped = client.get()
                .uri(path)
                .header("Accept-Encoding", "br, gzip")
                .exchange()
                .expectHeader()
                .valueEquals("Content-Encoding", "gzip")
                .expectBody()
                .returnResult()
                .getResponseBody();
        assertThat(gzipped).hasSizeLessThan(plain.length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzipped)).readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(new String(plain, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/headrace/missing.js",
                "/headrace/../ArchitectureTest.class",
                "/headrace/..%2fConsole.class",
                "/headrace/lib/lit-html/../../../../META-INF/MANIFEST.MF",
                "/headrace/lib/lit-html/package",
                "/headrace/lib/uplot/../package.json",
                "/headrace/.hidden.js",
                "/headrace//etc/passwd.json"
            })
    void nothingElseOfTheClassPathIsServed(String path) {
        client.get().uri(URI.create(path)).exchange().expectStatus().isNotFound();
    }
}
