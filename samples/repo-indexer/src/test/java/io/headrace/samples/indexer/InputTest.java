package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What cannot be is refused with what is wrong and what to do. */
class InputTest {

    @TempDir
    Path folder;

    @Test
    void whatCannotBeIsRefusedWithWhatToDo() {
        try (IndexerApp app = IndexerApp.start(folder.resolve("home"))) {
            problem(post(app, "{\"url\": \"ext::sh -c id\"}"), 400, "'url' is neither a URL by file, git, http, https");
            problem(post(app, "{\"url\": null}"), 400, "'url' is missing. Send {");
            problem(post(app, "{}"), 400, "'url' is missing. Send {");
            problem(post(app, "{\"url\": "), 400, "The body cannot be read. Send JSON: {");
            problem(post(app, ""), 400, "The body cannot be read. Send JSON: {");
            problem(get(app, "/repos/../../etc"), 404, "");
            problem(get(app, "/repos/mill"), 400, "That is not the id of a repository. Take it from");
            problem(get(app, "/repos/mill/events"), 400, "That is not the id of a repository. Take it from");
            UUID unknown = UUID.randomUUID();
            for (String path : new String[] {"/repos/%s", "/repos/%s/files", "/repos/%s/events"}) {
                problem(get(app, path.formatted(unknown)), 404, "There is no repository " + unknown);
            }
        }
    }

    private static ResponseSpec post(IndexerApp app, String body) {
        return app.http()
                .post()
                .uri("/repos")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static ResponseSpec get(IndexerApp app, String path) {
        return app.http().get().uri(path).exchange();
    }

    private static void problem(ResponseSpec answer, int status, String detail) {
        answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        given -> assertThat(given == null ? "" : given).startsWith(detail));
    }
}
