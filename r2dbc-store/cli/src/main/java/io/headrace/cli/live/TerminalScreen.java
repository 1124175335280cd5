package io.headrace.cli.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.ClosedException;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/**
 * A terminal whose whole screen shows the latest lines, until somebody presses q or Ctrl-C. What was on it before is there
 * again when this is closed. Not thread-safe, but for {@link #show}.
 */
final class TerminalScreen implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;
    private static final int END_OF_INPUT = -1;
    private static final int CTRL_C = 3;
    private static final Set<Integer> QUITTING = Set.of((int) 'q', (int) 'Q', CTRL_C, END_OF_INPUT);

    private static final Size UNKNOWN_SIZE = Size.of(80, 24);

    private final Terminal terminal;
    private final Attributes before;
    private final Display display;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private volatile List<String> latest = List.of("...");
    private List<String> shown = List.of();
    /** Nothing has been drawn before there is one. */
    private @Nullable Size size;

    /** Takes over the terminal. */
    TerminalScreen(Terminal terminal) {
        this.terminal = terminal;
        this.before = terminal.enterRawMode();
        this.display = new Display(terminal, true);
        terminal.handle(Terminal.Signal.INT, signal -> interrupted.set(true));
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    /** Shows these lines instead of those before. */
    void show(List<String> lines) {
        latest = List.copyOf(lines);
    }

    /** Returns when somebody has had enough. */
    void untilQuit() {
        try {
            do {
                draw();
            } while (!interrupted.get() && !QUITTING.contains(key()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key that was pressed, or something else if none was. */
    private int key() throws IOException {
        try {
            int key = terminal.reader().read(LOOK_MILLIS);
            return key == NonBlockingReader.READ_EXPIRED ? ' ' : key;
        } catch (ClosedException e) {
            return END_OF_INPUT;
        }
    }

    private void draw() {
        Size now = terminal.getSize();
        if (now.getRows() == 0 || now.getColumns() == 0) {
            now = UNKNOWN_SIZE;
        }
        List<String> lines = latest;
        if (now.equals(size) && lines.equals(shown)) {
            return;
        }
        if (!now.equals(size)) {
            display.clear();
            display.resize(now);
        }
        size = now;
        shown = lines;
        display.update(fitting(lines, now), 0);
    }

    private static List<AttributedString> fitting(List<String> lines, Size size) {
        List<AttributedString> fitting = new ArrayList<>();
        for (String line : lines.subList(0, Math.min(lines.size(), size.getRows()))) {
            fitting.add(new AttributedString(line).columnSubSequence(0, size.getColumns()));
        }
        while (fitting.size() < size.getRows()) {
            fitting.add(AttributedString.EMPTY);
        }
        return fitting;
    }

    @Override
    public void close() {
        terminal.puts(Capability.cursor_normal);
        terminal.puts(Capability.exit_ca_mode);
        terminal.setAttributes(before);
        terminal.flush();
    }
}
