package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.ParameterizedTypeReference;

/** This project's own repository; of an export without one, a repository of the files that are there. */
@Tag("slow")
class OwnRepositoryTest {

    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void itIsCountedFileByFile() throws IOException {
        Path own = Files.exists(PROJECT.resolve(".git")) ? PROJECT : repositoryOf(PROJECT);
        try (IndexerApp app = IndexerApp.start(folder.resolve("home"))) {
            UUID id = app.add(own.toString());
            assertThat(app.outcome(id)).isEqualTo("COMPLETED");

            Map<String, Object> files = app.http()
                    .get()
                    .uri("/repos/{id}/files", id)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                    .returnResult()
                    .getResponseBody();

            assertThat(((Map<?, ?>) files.get("sum")).get("files")).isEqualTo(committed(own, ""));
            Map<?, ?> first = (Map<?, ?>) ((List<?>) files.get("languages")).get(0);
            assertThat(first.get("language")).isEqualTo("Java");
            assertThat(first.get("files")).isEqualTo(committed(own, ".java"));
        }
    }

    private static int committed(Path repository, String ending) throws IOException {
        try (Git git = Git.open(repository.toFile());
                RevWalk commits = new RevWalk(git.getRepository());
                TreeWalk files = new TreeWalk(git.getRepository())) {
            Repository opened = git.getRepository();
            files.addTree(commits.parseCommit(opened.resolve("HEAD")).getTree());
            files.setRecursive(true);
            int count = 0;
            while (files.next()) {
                boolean regular = (files.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
                count += regular && files.getPathString().endsWith(ending) ? 1 : 0;
            }
            return count;
        }
    }

    private Path repositoryOf(Path project) throws IOException {
        Path copy = folder.resolve("project");
        GitRepository repository = GitRepository.empty(copy);
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !project.relativize(file).toString().contains("target"))
                    .toList()) {
                Path to = copy.resolve(project.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        repository.commit("The project's files");
        return copy;
    }
}
