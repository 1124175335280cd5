package io.headrace.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {

    @TempDir
    Path folder;

    @Test
    void without_a_folder_it_is_the_repository_around_the_working_directory() throws Exception {
        Path inside = repositoryWithFolder();

        assertThat(Arguments.parse(new String[0], inside)).isEqualTo(new Arguments(folder, false));
    }

    @Test
    void a_work_tree_whose_git_is_a_file_is_a_repository_too() throws Exception {
        Path inside = Files.createDirectories(folder.resolve("tree/a"));
        Files.createFile(folder.resolve("tree/.git"));

        assertThat(Arguments.parse(new String[0], inside).folder()).isEqualTo(folder.resolve("tree"));
    }

    @Test
    void without_a_repository_it_is_the_working_directory() throws Exception {
        Path root = folder.getRoot();

        assertThat(Arguments.parse(new String[0], root).folder()).isEqualTo(root);
    }

    @Test
    void a_folder_that_is_named_wins() throws Exception {
        Path inside = repositoryWithFolder();
        String[] args = {inside.toString(), "--verbose"};

        assertThat(Arguments.parse(args, folder)).isEqualTo(new Arguments(inside, true));
    }

    private Path repositoryWithFolder() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        return Files.createDirectories(folder.resolve("a/b"));
    }
}
