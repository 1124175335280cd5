package io.headrace.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.postgres.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import letters.Letters;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** What docs/guide-webflux.md has its readers write is what stands in the package {@code letters}, and does what is said. */
class WebFluxGuideTest {

    private static final Path GUIDE = Path.of("..", "..", "docs", "guide-webflux.md");
    private static final Path HERE = Path.of("src", "test", "java", "letters");
    private static final Pattern FILE =
            Pattern.compile("```java src/\\w+/java/letters/(\\w+\\.java)\n(.*?)```", Pattern.DOTALL);
    private static final String SHOWN = "06XZ1R26G0100";
    private static final String LETTER =
            "{\"id\":\"%s\",\"state\":\"COMPLETED\",\"queue\":\"default\",\"kind\":\"send-letter\","
                    + "\"priority\":4,\"attempt\":1,\"maxAttempts\":null,\"runAt\":null,\"payload\":\"{\\\"to\\\": \\\"ada\\\", \\\"text\\\": \\\"hello\\\"}\",\"headers\":null,\"uniqueKey\":null,\"worker\":null,\"result\":null,\"failures\":[]}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void everyFileIsCompiledHere() throws IOException {
        try (Stream<Path> files = Files.list(HERE)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            shown().map(file -> file.group(1)).toList());
        }
        shown().forEach(file -> assertThat(file.group(2)).isEqualTo(read(HERE.resolve(file.group(1)))));
    }

    @Test
    void everyPropertyIsOneThatThereIs() {
        String metadata = read(Path.of(
                "..", "spring-boot-starter", "target", "classes", "META-INF", "spring-configuration-metadata.json"));
        Pattern property = Pattern.compile("`(headrace\\.[a-z.-]+[a-z])[`=]");
        assertThat(property.matcher(read(GUIDE)).results().map(match -> match.group(1)))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(metadata).contains("\"name\": \"" + name + "\""));
    }

    private static Stream<MatchResult> shown() {
        return FILE.matcher(read(GUIDE)).results();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theApplicationDoesWhatTheGuideSays() throws Exception {
        TestServer server = TestServer.newest();
        String schema = "guide_" + ProcessHandle.current().pid();
        try (ConfigurableApplicationContext app = new SpringApplication(Letters.class)
                .run(
                        "--spring.r2dbc.url=r2dbc:postgresql://" + server.user() + ":" + server.password() + "@"
                                + server.host() + ":" + server.port() + "/" + server.database() + "?schema=" + schema,
                        "--headrace.store.schema=" + schema,
                        "--headrace.schedules.morning-letter.cron=0 7 1 1 *",
                        "--server.port=0")) {
            DatabaseClient database = app.getBean(DatabaseClient.class);
            run(database, "CREATE TABLE member (name text PRIMARY KEY)");

            HttpResponse<String> accepted = send(app, "POST", "/letters", "{\"to\": \"ada\", \"text\": \"hello\"}");
            assertThat(accepted.statusCode()).isEqualTo(202);
            String id = accepted.body().strip();
            await().atMost(PATIENCE)
                    .until(() -> send(app, "GET", "/letters/" + id, "").body().contains("\"state\":\"COMPLETED\""));
            assertThat(send(app, "GET", "/letters/" + id, "").body())
                    .isEqualTo(LETTER.formatted(id))
                    .satisfies(json -> assertThat(read(GUIDE)).contains(LETTER.formatted(JobId.parse(SHOWN))));
            assertThat(send(app, "GET", "/letters/" + id.toLowerCase(Locale.ROOT), "")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(app, "GET", "/letters/0000000000001", "").statusCode())
                    .as("unknown")
                    .isEqualTo(404);
            assertThat(send(app, "GET", "/letters/nonsense", "").statusCode())
                    .as("malformed")
                    .isEqualTo(400);

            assertThat(send(app, "PUT", "/members/grace", "").statusCode()).isEqualTo(201);
            HttpResponse<String> refused = send(app, "PUT", "/members/grace", "");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).isEqualTo("a member already\n");

            JobOperator operator = app.getBean(JobOperator.class);
            JobId morning = operator.schedules()
                    .runNow("morning-letter")
                    .block(PATIENCE)
                    .job();
            await().atMost(PATIENCE)
                    .until(
                            () -> send(app, "GET", "/letters/" + morning, "").body(),
                            body -> body.contains("\"state\":\"COMPLETED\"") && body.contains("good morning, it is "));
            assertThat(operator.audit().block(PATIENCE))
                    .hasToString("ok")
                    .satisfies(audit -> assertThat(audit.jobs()).isEqualTo(3));
        } finally {
            try (Connection connection = server.jdbc();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
            }
        }
    }

    private static void run(DatabaseClient database, String sql) {
        database.sql(sql).then().block(PATIENCE);
    }

    /** A new one each time: after an error the next answer on the same connection now and then did not come. */
    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static HttpResponse<String> send(
            ConfigurableApplicationContext app, String method, String path, String json) throws Exception {
        String port = app.getEnvironment().getRequiredProperty("local.server.port");
        return client().send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .timeout(PATIENCE)
                                .header("Content-Type", "application/json")
                                .method(
                                        method,
                                        json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                                .build(),
                        BodyHandlers.ofString());
    }
}
