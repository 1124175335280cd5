package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.postgres.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

/** The service on a schema of its own, started as its main method would start it, and asked over HTTP. */
public final class IndexerApp implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer server = TestServer.newest();
    private final String schema = "indexer_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    private final ConfigurableApplicationContext context;
    private final WebTestClient client;

    private IndexerApp(Path home, Class<?>... more) {
        execute(server, "CREATE SCHEMA " + schema);
        List<Class<?>> sources = new ArrayList<>(List.of(more));
        sources.add(0, RepoIndexer.class);
        SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
        application.setRegisterShutdownHook(false);
        context = application.run(arguments(server, schema, home).toArray(String[]::new));
        client = client(baseUrl());
    }

    /**
     * Starts it.
     *
     * @param more beans beside those of the service; not annotated as such, or every test would find them
     */
    public static IndexerApp start(Path home, Class<?>... more) {
        return new IndexerApp(home, more);
    }

    /** What the service is started with to work on a schema of a server's; its own tables beside the engine's. */
    static List<String> arguments(TestServer server, String schema, Path home) {
        return List.of(
                "--spring.r2dbc.url=r2dbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.database()
                        + "?schema=" + schema,
                "--spring.r2dbc.username=" + server.user(),
                "--spring.r2dbc.password=" + server.password(),
                "--headrace.store.schema=" + schema + "_jobs",
                "--headrace.schedules.nightly-index.cron=0 3 1 1 *",
                "--server.port=0",
                "--indexer.home=" + home);
    }

    static void execute(TestServer server, String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Where it can be asked. */
    public String baseUrl() {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    static WebTestClient client(String baseUrl) {
        return WebTestClient.bindToServer()
                .baseUrl(baseUrl)
                .responseTimeout(PATIENCE)
                .build();
    }

    public WebTestClient http() {
        return client;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Posts a repository and answers its id. */
    public UUID add(String url) {
        return add(client, url);
    }

    static UUID add(WebTestClient client, String url) {
        Map<String, Object> added = client.post()
                .uri("/repos")
                .bodyValue(Map.of("url", url))
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody();
        return UUID.fromString(added.get("id").toString());
    }

    /** The events of a repository's job, until the service ends them. */
    public Flux<Map<String, Object>> events(UUID id) {
        return events(client, id);
    }

    static Flux<Map<String, Object>> events(WebTestClient client, UUID id) {
        return client.get()
                .uri("/repos/{id}/events", id)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>>() {})
                .getResponseBody()
                .map(ServerSentEvent::data);
    }

    /** The state that the events end with. */
    public String outcome(UUID id) {
        return events(id).last().block(PATIENCE).get("state").toString();
    }

    /** Ends with the audit. */
    @Override
    public void close() {
        try {
            assertThat(bean(JobOperator.class).audit().block(PATIENCE)).hasToString("ok");
        } finally {
            context.close();
            drop(server, schema);
        }
    }

    static void drop(TestServer server, String schema) {
        execute(server, "DROP SCHEMA IF EXISTS " + schema + " CASCADE");
        execute(server, "DROP SCHEMA IF EXISTS " + schema + "_jobs CASCADE");
    }
}
