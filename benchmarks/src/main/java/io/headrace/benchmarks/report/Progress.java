package io.headrace.benchmarks.report;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Says how far the work is: on a terminal a line that is drawn anew, elsewhere a line every ten seconds. Drawing has a
 * thread of its own.
 */
public final class Progress implements AutoCloseable {

    private static final Duration REDRAW_EVERY = Duration.ofMillis(250);
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);

    private final PrintStream to;
    private final boolean redraws = isTerminal();
    private final Disposable drawing;
    private int drawn;

    /** @param line what to show; called on the drawing thread */
    public Progress(PrintStream to, Supplier<String> line) {
        this.to = to;
        this.drawing = Flux.interval(redraws ? REDRAW_EVERY : LINE_EVERY, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .subscribe(tick -> draw(line.get()));
    }

    /** Newer JDKs have a console even where there is no terminal, and a method that says so. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private synchronized void draw(String line) {
        if (redraws) {
            to.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
            drawn = line.length();
        } else {
            to.println(line);
        }
        to.flush();
    }

    /** A line that stays. */
    public synchronized void say(String line) {
        if (redraws) {
            draw(line);
            drawn = 0;
        } else {
            to.print(line);
        }
        to.println();
        to.flush();
    }

    @Override
    public synchronized void close() {
        drawing.dispose();
        if (redraws && drawn > 0) {
            to.println();
        }
    }
}
