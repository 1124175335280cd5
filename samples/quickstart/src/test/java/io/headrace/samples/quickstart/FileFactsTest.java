package io.headrace.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFactsTest {

    @TempDir
    Path folder;

    @Test
    void an_empty_file_has_no_line() throws IOException {
        FileFacts facts = factsOf(new byte[0]);

        assertThat(facts.lines()).isZero();
        assertThat(facts.sha256()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void the_hash_is_that_of_the_standard() throws IOException {
        FileFacts facts = factsOf("abc".getBytes(StandardCharsets.US_ASCII));

        assertThat(facts.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void a_last_line_counts_with_and_without_its_end() throws IOException {
        assertThat(factsOf("a\nb\n".getBytes(StandardCharsets.US_ASCII)).lines())
                .isEqualTo(2);
        assertThat(factsOf("a\nb".getBytes(StandardCharsets.US_ASCII)).lines()).isEqualTo(2);
        assertThat(factsOf("\n".getBytes(StandardCharsets.US_ASCII)).lines()).isEqualTo(1);
    }

    @Test
    void a_binary_file_over_many_buffers_is_read_whole() throws IOException {
        byte[] content = new byte[1_000_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i % 256);
        }
        content[content.length - 1] = 0;

        // Every 256th byte is a line feed, 3,907 in all, and something follows the last.
        assertThat(factsOf(content).lines()).isEqualTo(3_908);
    }

    @Test
    void a_file_that_is_not_there_is_an_error() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> FileFacts.of(missing)).isInstanceOf(NoSuchFileException.class);
    }

    private FileFacts factsOf(byte[] content) throws IOException {
        return FileFacts.of(Files.write(folder.resolve("file"), content));
    }
}
