package io.headrace.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {

    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void realRoot() throws IOException {
        root = temporary.toRealPath();
    }

    @Test
    void takes_the_files_of_all_folders_save_those_left_out() throws IOException {
        Path file = file("a.txt");
        Path deep = file("b/c/d.txt");
        Path named = file("b/target.txt");
        Path config = file(".git/config");
        Path made = file("b/target/made.class");

        Folder folder = Folder.read(root);

        assertThat(folder.files()).containsExactlyInAnyOrder(file, deep, named).doesNotContain(config, made);
        assertThat(folder.unreadable()).isEmpty();
        assertThat(folder.name(deep)).isEqualTo(Path.of("b", "c", "d.txt").toString());
    }

    @Test
    void is_not_left_out_itself_whatever_its_name() throws IOException {
        Path file = file("target/a.txt");

        assertThat(Folder.read(root.resolve("target")).files()).containsExactly(file);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void does_not_follow_links_but_may_be_one() throws IOException {
        Path file = file("real/a.txt");
        Files.createSymbolicLink(root.resolve("real/to-file"), file);
        Files.createSymbolicLink(root.resolve("real/to-folder"), root);
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("real"));

        assertThat(Folder.read(link).files()).containsExactly(file);
    }

    @Test
    void what_cannot_be_looked_into_is_reported_and_the_walk_goes_on() {
        // By hand, since root looks into everything.
        Folder.Walk walk = new Folder.Walk(root);
        Path closed = root.resolve("closed");
        Path torn = root.resolve("torn");

        assertThat(walk.visitFileFailed(closed, new AccessDeniedException("closed")))
                .isEqualTo(FileVisitResult.CONTINUE);
        assertThat(walk.postVisitDirectory(torn, new IOException("torn"))).isEqualTo(FileVisitResult.CONTINUE);

        assertThat(walk.unreadable()).containsExactly(closed, torn);
    }

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }
}
