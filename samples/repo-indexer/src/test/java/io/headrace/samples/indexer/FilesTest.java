package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statistics of a tree that is gone: cloned again, once however many ask, or refused with the reason. */
@Tag("slow")
class FilesTest {

    private static final int ASKING = 20;

    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private static IndexerApp app;

    @BeforeAll
    static void startApp() {
        app = IndexerApp.start(home, WatchedSource.class, Door.class);
    }

    @AfterAll
    static void closeApp() {
        app.close();
    }

    /** Counts who asks for files. */
    static class Door implements WebFilter {
        private final AtomicInteger entered = new AtomicInteger();

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            if (exchange.getRequest().getPath().value().endsWith("/files")) {
                entered.incrementAndGet();
            }
            return chain.filter(exchange);
        }
    }

    @Test
    void manyWhoAskAtOnceGetOneClone() throws IOException {
        GitRepository repository = GitRepository.small(folder.resolve("mill"));
        WatchedSource source = app.bean(WatchedSource.class);
        AtomicInteger entered = app.bean(Door.class).entered;
        int clones = source.clones();
        int before = entered.get();
        UUID id = indexed(repository);
        removeTree(id);
        source.hold();

        String head = repository.head();
        Mono<Long> asked = Flux.range(0, ASKING)
                .flatMap(nr -> files(id), ASKING)
                .filter(files -> head.equals(files.get("commit")))
                .count()
                .cache();
        Disposable asking = asked.subscribe();
        await().atMost(IndexerApp.PATIENCE)
                .until(() -> entered.get() - before == ASKING && source.clones() - clones > 1);
        source.letGo();

        assertThat(asked.block(IndexerApp.PATIENCE)).isEqualTo(ASKING);
        assertThat(source.clones() - clones).as("the job's and one more").isEqualTo(2);
        assertThat(asking.isDisposed()).isTrue();
    }

    @Test
    void whoAskedAndLeftGivesTheCloneUp() throws IOException {
        GitRepository repository = GitRepository.small(folder.resolve("mill"));
        WatchedSource source = app.bean(WatchedSource.class);
        int clones = source.clones();
        UUID id = indexed(repository);
        removeTree(id);
        source.hold();
        Disposable asking = files(id).subscribe();
        await().atMost(IndexerApp.PATIENCE).until(() -> source.clones() - clones == 2);

        asking.dispose();

        await().atMost(IndexerApp.PATIENCE)
                .untilAsserted(() -> assertThat(home.resolve("temporary")).isEmptyDirectory());
        source.letGo();
        assertThat(files(id).block(IndexerApp.PATIENCE)).containsEntry("commit", repository.head());
    }

    @Test
    void aCloneThatFailsIsRefusedWithTheReasonAndTriedAnewByTheNext() throws IOException {
        GitRepository repository = GitRepository.small(folder.resolve("mill"));
        UUID id = indexed(repository);
        removeTree(id);
        Files.move(folder.resolve("mill"), folder.resolve("elsewhere"));

        app.http()
                .get()
                .uri("/repos/{id}/files", id)
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        detail -> assertThat(detail)
                                .startsWith("file://" + repository.url() + " cannot be cloned: ")
                                .doesNotEndWith(": "));
        assertThat(home.resolve("temporary")).isEmptyDirectory();

        Files.move(folder.resolve("elsewhere"), folder.resolve("mill"));
        assertThat(files(id).block(IndexerApp.PATIENCE)).containsEntry("commit", repository.head());
    }

    @Test
    void theCommitThatWasIndexedIsCountedNotALaterOne() throws IOException {
        GitRepository repository = GitRepository.small(folder.resolve("mill"));
        UUID id = indexed(repository);
        String before = repository.head();
        removeTree(id);
        repository.write("src/Sluice.java", "class Sluice {}\n").commit("A sluice");

        assertThat(files(id).block(IndexerApp.PATIENCE)).containsEntry("commit", before);
    }

    private static UUID indexed(GitRepository repository) {
        UUID id = app.add(repository.url());
        assertThat(app.outcome(id)).isEqualTo("COMPLETED");
        return id;
    }

    private void removeTree(UUID id) throws IOException {
        FileUtils.delete(home.resolve("trees/" + id).toFile(), FileUtils.RECURSIVE);
    }

    private static Mono<Map<String, Object>> files(UUID id) {
        return WebClient.create(app.baseUrl())
                .get()
                .uri("/repos/{id}/files", id)
                .retrieve()
                .bodyToMono(new ParameterizedTypeReference<Map<String, Object>>() {});
    }
}
