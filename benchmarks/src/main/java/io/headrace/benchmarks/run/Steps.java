package io.headrace.benchmarks.run;

import io.headrace.benchmarks.report.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Shows how many of the steps are done, and which one is under way. The steps are said by one thread. */
final class Steps implements AutoCloseable {

    private static final int BAR = 30;

    private final int total;
    private final long began = System.nanoTime();
    private final Progress progress;
    private volatile Step current = new Step(0, "starting");

    private record Step(int done, String name) {}

    Steps(int total, PrintStream err) {
        this.total = total;
        this.progress = new Progress(err, this::line);
    }

    void begin(String name) {
        current = new Step(Math.min(total, current.done + 1), name);
    }

    private String line() {
        Step step = current;
        int filled = Math.max(0, step.done - 1) * BAR / total;
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        return String.format(
                Locale.ROOT,
                "[%s%s] %d/%d  %d:%02d  %s",
                "#".repeat(filled),
                ".".repeat(BAR - filled),
                step.done,
                total,
                elapsed.toMinutes(),
                elapsed.toSecondsPart(),
                step.name);
    }

    @Override
    public void close() {
        progress.close();
    }
}
