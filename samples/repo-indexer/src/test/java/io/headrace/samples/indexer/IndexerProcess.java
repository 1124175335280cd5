package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport;
import io.headrace.JobOperator;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;

/** The service in a JVM of its own, which can be killed. */
final class IndexerProcess implements AutoCloseable {

    private static final String READY = "ready at ";
    private static final String HOLD = "hold";

    private final Process process;
    private final WebTestClient client;

    private IndexerProcess(Process process, WebTestClient client) {
        this.process = process;
        this.client = client;
    }

    /** In the child: the service, whose clones are held for ever if it is told so. */
    public static void main(String[] args) {
        ConfigurableApplicationContext context =
                SpringApplication.run(new Class<?>[] {RepoIndexer.class, WatchedSource.class, Audit.class}, args);
        if (context.getEnvironment().containsProperty(HOLD)) {
            context.getBean(WatchedSource.class).hold();
        }
        System.out.println(READY + context.getEnvironment().getProperty("local.server.port"));
    }

    /** Tells who has no other way to the database whether every job is in one place. */
    static class Audit {
        @Bean
        RouterFunction<ServerResponse> auditRoute(JobOperator operator) {
            return RouterFunctions.route()
                    .GET(
                            "/audit",
                            request ->
                                    ServerResponse.ok().body(operator.audit().map(AuditReport::toString), String.class))
                    .build();
        }
    }

    /** Starts it, with short silences until it is given up, and returns when it answers. */
    static IndexerProcess start(Path folder, boolean hold, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                IndexerProcess.class.getName(),
                "--headrace.engine.heartbeat-interval=200ms",
                "--headrace.engine.worker-expiry=1s",
                "--headrace.engine.sweep-interval=200ms"));
        if (hold) {
            command.add("--" + HOLD + "=true");
        }
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new IndexerProcess(process, IndexerApp.client("http://localhost:" + port(process)));
    }

    private static String port(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return line.substring(READY.length());
            }
        }
        throw new IOException("the process has ended before it was ready");
    }

    UUID add(String url) {
        return IndexerApp.add(client, url);
    }

    Flux<Map<String, Object>> events(UUID id) {
        return IndexerApp.events(client, id);
    }

    Map<String, Object> files(UUID id) {
        return client.get()
                .uri("/repos/{id}/files", id)
                .exchange()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody();
    }

    String audit() {
        return client.get()
                .uri("/audit")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    /** By SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** By SIGTERM. */
    void end() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(IndexerApp.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
