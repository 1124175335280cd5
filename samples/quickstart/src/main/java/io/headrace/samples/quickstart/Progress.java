package io.headrace.samples.quickstart;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Says how far the work is: on a terminal a bar that is drawn anew, elsewhere a line every few seconds. One stage follows
 * another, and each ends in a line that stays. Counting is cheap and safe from any thread; drawing has a thread of its
 * own.
 */
final class Progress implements AutoCloseable {

    private static final Duration REDRAW_EVERY = Duration.ofMillis(100);
    private static final Duration LINE_EVERY = Duration.ofSeconds(3);

    private final PrintStream to;
    private final boolean redraws;
    private final Disposable.Swap drawing = Disposables.swap();
    private volatile @Nullable Stage stage;

    Progress(PrintStream to, boolean redraws) {
        this.to = to;
        this.redraws = redraws;
    }

    /** For standard error, which is drawn over only if somebody is looking at it. */
    static Progress on(PrintStream to) {
        return new Progress(to, isTerminal());
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

    /** Begins a stage whose length is not known. */
    void begin(String what) {
        begin(what, Stage.UNKNOWN);
    }

    /** Begins a stage of so many steps, and ends the one before. */
    void begin(String what, long steps) {
        end();
        stage = new Stage(what, steps);
        drawing.update(Flux.interval(redraws ? REDRAW_EVERY : LINE_EVERY, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .subscribe(tick -> draw()));
    }

    /** One step further. */
    void advance() {
        Stage now = stage;
        if (now != null) {
            now.done().incrementAndGet();
        }
    }

    /** So many steps in all. */
    void reached(long steps) {
        Stage now = stage;
        if (now != null) {
            now.done().set(steps);
        }
    }

    private synchronized void draw() {
        Stage now = stage;
        if (now == null) {
            return;
        }
        if (redraws) {
            to.print("\r" + now.line());
        } else {
            to.println(now.line().stripTrailing());
        }
        to.flush();
    }

    /** Ends the last stage, if it has not ended. */
    synchronized void end() {
        drawing.update(Disposables.disposed());
        if (stage != null) {
            draw();
            if (redraws) {
                to.println();
            }
            stage = null;
        }
    }

    @Override
    public void close() {
        end();
    }
}
