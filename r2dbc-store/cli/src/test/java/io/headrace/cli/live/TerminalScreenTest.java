package io.headrace.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;

class TerminalScreenTest {

    private static final String ESCAPE = "\u001b";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    /** What is written to a terminal of that size until the keys have been read. */
    private String written(String keys, List<String> lines) throws IOException {
        PipedInputStream input = new PipedInputStream();
        try (PipedOutputStream keyboard = new PipedOutputStream(input);
                Terminal terminal = new ExternalTerminal("test", "xterm", input, screen, StandardCharsets.UTF_8)) {
            keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
            terminal.setSize(Size.of(20, 3));
            try (TerminalScreen shown = new TerminalScreen(terminal)) {
                shown.show(lines);
                shown.untilQuit();
            }
        }
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theLinesThatFitAreShownUntilSomebodyQuits() throws IOException {
        String written =
                written("xq", List.of("QUEUE  DUE", "mail     1 and much that does not fit", "third", "fourth"));

        assertThat(written)
                .contains("QUEUE  DUE", "mail     1 and much", "third")
                .doesNotContain("that does", "fourth");
    }

    @Test
    void theTerminalIsLeftAsItWas() throws IOException {
        String written = written("q", List.of("x"));

        assertThat(written).contains(ESCAPE + "[?1049h", ESCAPE + "[?25l");
        assertThat(written.indexOf(ESCAPE + "[?1049l")).isGreaterThan(written.indexOf("x"));
        assertThat(written.lastIndexOf("[?25h")).isGreaterThan(written.lastIndexOf("[?25l"));
    }
}
