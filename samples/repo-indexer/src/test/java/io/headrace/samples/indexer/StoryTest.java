package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;

/** A repository is posted, indexed while somebody watches, and looked at. */
@Tag("slow")
class StoryTest {

    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private static IndexerApp app;

    @BeforeAll
    static void startApp() {
        app = IndexerApp.start(home, WatchedSource.class);
    }

    @AfterAll
    static void closeApp() {
        app.close();
    }

    @Test
    void aRepositoryIsIndexedWhileSomebodyWatches() {
        GitRepository repository = GitRepository.small(folder.resolve("mill"));
        WatchedSource source = app.bean(WatchedSource.class);
        source.hold();

        UUID id = app.add(repository.url());
        List<Map<String, Object>> events = app.events(id)
                .doOnNext(event -> {
                    if ("at the gate".equals(event.get("doing"))) {
                        source.letGo();
                    }
                })
                .collectList()
                .block(IndexerApp.PATIENCE);

        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .containsEntry("state", "LEASED")
                        .containsEntry("doing", "at the gate")
                        .containsKey("percent"));
        assertThat(events.get(events.size() - 1)).containsEntry("state", "COMPLETED");
        assertThat(app.outcome(id)).as("of one that has ended").isEqualTo("COMPLETED");
        app.http()
                .get()
                .uri("/repos/{id}", id)
                .exchange()
                .expectBody()
                .jsonPath("$.job.state")
                .isEqualTo("COMPLETED")
                .jsonPath("$.indexed.commit")
                .isEqualTo(repository.head())
                .jsonPath("$.indexed.files")
                .isEqualTo(4)
                .jsonPath("$.indexed.lines")
                .isEqualTo(9);
        app.http()
                .get()
                .uri("/repos/{id}/files", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.sum")
                .isEqualTo(Map.of("files", 4, "lines", 9, "bytes", 82))
                .jsonPath("$.languages")
                .isEqualTo(List.of(
                        Map.of("language", "Java", "files", 2, "lines", 6, "bytes", 61),
                        Map.of("language", "Markdown", "files", 1, "lines", 3, "bytes", 17),
                        Map.of("language", "other", "files", 1, "lines", 0, "bytes", 4)));
    }

    @Test
    void theConsoleShowsWhatTheServiceDoes() {
        app.http()
                .get()
                .uri("/headrace/")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith("text/html");
        app.http()
                .get()
                .uri("/headrace/api/v1/me")
                .exchange()
                .expectBody()
                .jsonPath("$.instance")
                .isEqualTo("repo-indexer")
                .jsonPath("$.rights")
                .isEqualTo("VIEW");
    }

    @Test
    void theAnswerSaysWhereToLook() {
        GitRepository repository = GitRepository.small(folder.resolve("mill"));
        app.http()
                .post()
                .uri("/repos")
                .bodyValue(Map.of("url", repository.url()))
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueMatches(HttpHeaders.LOCATION, "/repos/[0-9a-f-]{36}")
                .expectBody()
                .jsonPath("$.url")
                .isEqualTo("file://" + repository.url())
                .jsonPath("$.enqueued")
                .isEqualTo(true)
                .jsonPath("$.job")
                .value(String.class, job -> assertThat(job).hasSize(13));
    }

    @Test
    void theSameAddressIsTheSameRepositoryAndOneJobAtATime() {
        GitRepository repository = GitRepository.small(folder.resolve("mill"));
        WatchedSource source = app.bean(WatchedSource.class);
        source.hold();
        UUID id = app.add(repository.url());
        app.http()
                .post()
                .uri("/repos")
                .bodyValue(Map.of("url", "file://" + repository.url() + "/"))
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.id")
                .isEqualTo(id.toString())
                .jsonPath("$.enqueued")
                .isEqualTo(false);
        source.letGo();
        assertThat(app.outcome(id)).isEqualTo("COMPLETED");

        repository.write("src/Sluice.java", "class Sluice {}\n").commit("A sluice");
        assertThat(app.add(repository.url())).isEqualTo(id);
        assertThat(app.outcome(id)).isEqualTo("COMPLETED");

        app.http()
                .get()
                .uri("/repos/{id}", id)
                .exchange()
                .expectBody()
                .jsonPath("$.indexed.files")
                .isEqualTo(5)
                .jsonPath("$.indexed.commit")
                .isEqualTo(repository.head());
        assertThat(home.resolve("trees/" + id)).isDirectoryContaining(tree -> tree.endsWith(repository.head()));
        assertThat(home.resolve("trees/" + id).toFile().list()).hasSize(1);
        assertThat(home.resolve("temporary")).isEmptyDirectory();
    }
}
