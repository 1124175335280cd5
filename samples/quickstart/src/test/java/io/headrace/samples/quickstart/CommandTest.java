package io.headrace.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole command, on a PostgreSQL of its own. */
class CommandTest {

    private static final String SHA_256_OF_NOTHING_BEGINS = "e3b0c44298fc";
    private static final String SHA_256_OF_ABC_BEGINS = "ba7816bf8f01";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void every_file_is_handled_and_the_missing_ones_end_as_tombstones() throws IOException {
        Files.writeString(folder.resolve("three lines.txt"), "1\n2\n3\n");
        Files.writeString(folder.resolve("empty.txt"), "");
        Files.writeString(folder.resolve("abc.bin"), "abc");
        Files.writeString(notAscii("gr%C3%B6%C3%9Fe%20%E5%A4%A7.txt"), "1\n2");
        Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("deep.txt"), "1\n");
        Files.writeString(Files.createDirectories(folder.resolve(".git")).resolve("config"), "left out\n");
        Files.writeString(Files.createDirectories(folder.resolve("a/target")).resolve("made"), "left out\n");

        int exit = run(folder.toString());

        assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
        List<String> lines = lines(out);
        assertThat(lines.get(0).strip().split(" +"))
                .containsExactly("files", "lines", "handled", "retried", "tombstones", "jobs/s");
        assertThat(lines.get(1).strip().split(" +")).startsWith("5", "7", "5", "6", "3");
        assertThat(lines).last().isEqualTo("audit: ok");
        assertThat(lines)
                .anyMatch(line -> line.matches(".* 3  .+  three lines\\.txt"))
                .anyMatch(line -> line.matches(".* 0  " + SHA_256_OF_NOTHING_BEGINS + "  empty\\.txt"))
                .anyMatch(line -> line.matches(".* 1  " + SHA_256_OF_ABC_BEGINS + "  abc\\.bin"))
                .anyMatch(line -> line.matches(".* 2  .+  gr.+e .+\\.txt"));
        assertMissingAreListed(lines);
    }

    @Test
    void an_empty_folder_has_the_missing_files_alone() {
        int exit = run(folder.toString());

        assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
        List<String> lines = lines(out);
        assertThat(lines.get(1).strip().split(" +")).containsExactly("0", "0", "0", "6", "3", "-");
        assertThat(lines).last().isEqualTo("audit: ok");
        assertMissingAreListed(lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no such folder", ""})
    void a_folder_that_is_not_there_is_refused_in_one_line(String name) {
        assertRefused("no such folder: '" + name + "'", name);
    }

    @Test
    void a_file_is_refused_in_one_line() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertRefused("not a folder: '" + file + "'", file.toString());
    }

    @Test
    void a_name_over_two_lines_is_refused_in_one() {
        assertRefused("no such folder: 'two?lines'", "two\nlines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void help_is_one_line(String option) {
        assertRefused(Arguments.USAGE, option);
    }

    @Test
    void an_unknown_option_is_refused_in_one_line() {
        assertRefused("unknown option --fast; " + Arguments.USAGE, "--fast");
    }

    @Test
    void a_second_folder_is_refused_in_one_line() {
        assertRefused("one folder at most; " + Arguments.USAGE, folder.toString(), folder.toString());
    }

    private void assertRefused(String line, String... args) {
        assertThat(run(args)).isEqualTo(2);
        assertThat(lines(err)).containsExactly(line);
        assertThat(out.size()).isZero();
    }

    private static void assertMissingAreListed(List<String> lines) {
        for (int number = 1; number <= 3; number++) {
            String expected = " +expected  3 attempts  no-such-file-" + number + "\\.txt: NoSuchFileException: .*";
            assertThat(lines).filteredOn(line -> line.matches(expected)).hasSize(1);
        }
    }

    /** By its bytes, since the locale of the test run may have no such characters. */
    private Path notAscii(String escaped) {
        return Path.of(URI.create(folder.toUri() + escaped));
    }

    private int run(String... args) {
        return Command.run(args, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static List<String> lines(ByteArrayOutputStream from) {
        return from.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
