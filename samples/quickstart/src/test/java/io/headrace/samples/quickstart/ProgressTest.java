package io.headrace.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void a_stage_ends_in_a_line_when_the_next_begins() {
        try (Progress progress = progress(false)) {
            progress.begin("first", 4);
            progress.advance();
            progress.advance();
            progress.begin("second", 2_000);
            progress.reached(2_000);
        }

        assertThat(written().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("first +\\[#{12}-{12}] 2 of 4, .* s"),
                        line -> assertThat(line).matches("second +\\[#{24}] 2,000 of 2,000, .* s"));
    }

    @Test
    void on_a_terminal_a_line_is_drawn_over_until_its_stage_ends() {
        try (Progress progress = progress(true)) {
            progress.begin("only");
        }

        assertThat(written()).startsWith("\ronly").endsWith(" s" + System.lineSeparator());
    }

    @Test
    void a_stage_without_steps_is_full() {
        assertThat(new Stage("none", 0).line()).contains("[" + "#".repeat(24) + "] 0 of 0");
    }

    @Test
    void counting_between_stages_is_ignored() {
        try (Progress progress = progress(false)) {
            progress.advance();
            progress.reached(1);
        }

        assertThat(written()).isEmpty();
    }

    private Progress progress(boolean redraws) {
        return new Progress(new PrintStream(written, true, StandardCharsets.UTF_8), redraws);
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
