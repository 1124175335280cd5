package io.headrace.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void control_characters_do_not_reach_the_terminal() {
        assertThat(OneLine.of("a\nb\u001B[31mc\u0085ü大")).isEqualTo("a?b?[31mc?ü大");
    }

    @Test
    void an_error_is_its_message() {
        assertThat(OneLine.of(new IOException("the disk\nis full"))).isEqualTo("the disk?is full");
    }

    @Test
    void an_error_whose_message_says_too_little_has_its_class() {
        assertThat(OneLine.of(new IOException())).isEqualTo("IOException");
        assertThat(OneLine.of(new NoSuchFileException("a.txt"))).isEqualTo("NoSuchFileException: a.txt");
    }
}
